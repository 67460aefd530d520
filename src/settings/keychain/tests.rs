//! The keychain against places that hold a text, hold garbage, or are not there.

use super::*;

const GEMINI: &str = "AIza-of-a-test-and-of-nobody";

fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

fn holding(text: &str) -> (MemoryStore, Keychain) {
    let store = MemoryStore::default();
    store.write(text).unwrap();
    (store.clone(), Keychain::new(store))
}

#[test]
fn all_keys_are_one_entry_that_goes_with_the_last_key() {
    let store = MemoryStore::default();
    let keychain = Keychain::new(store.clone());
    assert_eq!(keychain.load(), Ok(BTreeMap::new()));
    let keys = BTreeMap::from([(Provider::Gemini, secret(GEMINI)), (Provider::Claude, secret("sk-ant-1"))]);
    for (provider, key) in &keys {
        keychain.change(*provider, Some(key)).unwrap();
    }
    assert_eq!(keychain.load(), Ok(keys));
    assert_eq!(store.read().unwrap().unwrap(), format!(r#"{{"gemini":"{GEMINI}","claude":"sk-ant-1"}}"#));
    keychain.change(Provider::Gemini, None).unwrap();
    assert_eq!(store.read().unwrap().unwrap(), r#"{"claude":"sk-ant-1"}"#);
    keychain.change(Provider::Claude, None).unwrap();
    assert_eq!(store.read(), Ok(None));
    keychain.change(Provider::Gemini, None).unwrap();
    assert_eq!(store.read(), Ok(None));
}

#[test]
fn one_key_changes_without_the_others_having_been_read() {
    let (store, keychain) = holding(r#"{"claude":"sk-ant-1"}"#);
    keychain.change(Provider::Local, Some(&secret("sk-lm-1"))).unwrap();
    assert_eq!(store.read().unwrap().unwrap(), r#"{"claude":"sk-ant-1","local":"sk-lm-1"}"#);
}

#[test]
fn what_a_newer_version_keeps_stays() {
    let (store, keychain) = holding(r#"{"mistral":{"key":"m-1"},"gemini":"AIza-old"}"#);
    assert_eq!(keychain.load(), Ok(BTreeMap::from([(Provider::Gemini, secret("AIza-old"))])));
    keychain.change(Provider::Gemini, None).unwrap();
    assert_eq!(store.read().unwrap().unwrap(), r#"{"mistral":{"key":"m-1"}}"#);
}

#[test]
fn secrets_of_servers_stand_in_the_same_entry_and_keep_out_of_the_way_of_keys() {
    let (store, keychain) = holding(r#"{"claude":"sk-ant-1","server:odd:X":7}"#);
    let name = || "server:my git:TOKEN".to_owned();
    keychain.change_named(&BTreeMap::from([(name(), Some(secret("of-a-test-token")))])).unwrap();
    assert_eq!(keychain.load_named(), Ok(BTreeMap::from([(name(), secret("of-a-test-token"))])));
    assert_eq!(keychain.load(), Ok(BTreeMap::from([(Provider::Claude, secret("sk-ant-1"))])));
    keychain.change(Provider::Claude, None).unwrap();
    keychain.change_named(&BTreeMap::from([(name(), None), ("server:gone:X".into(), None)])).unwrap();
    assert_eq!(store.read().unwrap().unwrap(), r#"{"server:odd:X":7}"#, "what is not understood stays");
    assert!(Keychain::default().change_named(&BTreeMap::from([(name(), None)])).is_err());
}

#[test]
fn garbage_is_said_never_quoted_and_never_written_over() {
    for garbage in
        [GEMINI.to_owned(), format!("\"{GEMINI}\""), format!("[\"{GEMINI}\"]"), format!(r#"{{"gemini":["{GEMINI}"]}}"#)]
    {
        let (store, keychain) = holding(&garbage);
        let errors = [
            keychain.load().unwrap_err(),
            keychain.change(Provider::Claude, None).unwrap_err(),
            keychain.change(Provider::Gemini, Some(&secret("AIza-new"))).unwrap_err(),
        ];
        for error in errors {
            assert!(matches!(error, KeychainError::Unreadable { .. }), "{error:?}");
            assert!(
                error.to_string().starts_with("what the keychain holds under \u{201c}singularis\u{201d} cannot"),
                "{error}"
            );
            assert!(!format!("{error} {error:?} {keychain:?}").contains("AIza"), "{error}");
        }
        assert_eq!(store.read().unwrap().unwrap(), garbage);
    }
}

#[test]
fn an_empty_entry_is_no_garbage() {
    let (_, keychain) = holding(" \n");
    assert_eq!(keychain.load(), Ok(BTreeMap::new()));
    let (_, keychain) = holding(r#"{"gemini":" "}"#);
    assert_eq!(keychain.load(), Ok(BTreeMap::new()));
}

#[test]
fn without_a_keychain_it_says_so() {
    let keychain = Keychain::default();
    let error = keychain.change(Provider::Gemini, Some(&secret(GEMINI))).unwrap_err();
    assert_eq!(error.to_string(), "there is no keychain: none is used in this run");
    assert_eq!(keychain.load(), Err(error));
}

#[test]
fn errors_of_the_system_are_told_without_what_the_entry_holds() {
    let bytes = || GEMINI.as_bytes().to_vec();
    for (error, words) in [
        (keyring::Error::BadEncoding(bytes()), "it is not text"),
        (keyring::Error::BadDataFormat(bytes(), GEMINI.into()), "it is not text"),
        (keyring::Error::NoStorageAccess("user said no".into()), "refused: it is locked, or there is no place"),
        (
            keyring::Error::TooLong("password".into(), 2560),
            "refused: the keys together are longer than its limit of 2560",
        ),
        (keyring::Error::Invalid(GEMINI.into(), GEMINI.into()), "refused: it cannot do that"),
    ] {
        let told = in_words(error);
        assert!(told.to_string().contains(words), "{told}");
        assert!(!format!("{told} {told:?}").contains("AIza"), "{told}");
    }
}

/// Two orders at once may not lose one another's key.
#[test]
fn clones_take_turns() {
    let (_, keychain) = holding("{}");
    std::thread::scope(|scope| {
        for (provider, key) in
            [(Provider::Gemini, "AIza-1"), (Provider::Claude, "sk-ant-1"), (Provider::Local, "sk-lm-1")]
        {
            let keychain = keychain.clone();
            scope.spawn(move || (0..200).for_each(|_| keychain.change(provider, Some(&secret(key))).unwrap()));
        }
    });
    assert_eq!(keychain.load().unwrap().len(), 3);
}
