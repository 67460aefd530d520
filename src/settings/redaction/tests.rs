//! What must go, and what must stay.

use super::*;

/// Every secret of this list, in the text it stands in, and how the text must look afterwards.
fn assert_redacted(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(redact(text), *expected, "{text}");
        assert_eq!(redact(expected), *expected, "the second time changes nothing: {expected}");
    }
}

fn assert_kept(texts: &[&str]) {
    for text in texts {
        assert!(matches!(redact(text), Cow::Borrowed(same) if same == *text), "{text} became {}", redact(text));
    }
}

#[test]
fn keys_go_wherever_they_stand() {
    assert_redacted(&[
        ("key sk-proj-abcDEF0123456789 was used", "key (hidden) was used"),
        ("sk-ant-api03-AbCdEf_0123456789-x.", "(hidden)."),
        ("(sk-lm-abcdefgh:01234567890123456789)", "((hidden))"),
        ("at AIzaSyA1234567890abcdefghijklmnopqrstuv: no", "at (hidden): no"),
        ("x=ghp_0123456789abcdefABCDEF0123456789abcd", "x=(hidden)"),
        ("'github_pat_11ABCDEFG0123456789_abcdef'", "'(hidden)'"),
        ("xoxb-123456789012-abcdefABCDEF", "(hidden)"),
        ("hf_AbCdEfGhIjKlMnOpQrStUvWxYz012345", "(hidden)"),
        ("AKIAIOSFODNN7EXAMPLE and more", "(hidden) and more"),
        ("ключ sk-abcdef0123456789 — да", "ключ (hidden) — да"),
        (r#"{"text":"first\nsk-abcdef0123456789\nlast"}"#, r#"{"text":"first\n(hidden)\nlast"}"#),
        ("to%2Fsk-abcdef0123456789%2Fand %22sk-abcdef0123456789%22", "to%2F(hidden)%2Fand %22(hidden)%22"),
        ("q%253Dghp_0123456789abcdefABCDEF", "q%253D(hidden)"),
        (r"key\u003dsk-abcdef0123456789\u0026n\x3dsk-abcdef0123456789", r"key\u003d(hidden)\u0026n\x3d(hidden)"),
        ("\u{1b}[32msk-abcdef0123456789\u{1b}[0m", "\u{1b}[32m(hidden)\u{1b}[0m"),
        (r"\u001b[1;38;2;0;99;255mghp_0123456789abcdefABCDEF\u001b[0m", r"\u001b[1;38;2;0;99;255m(hidden)\u001b[0m"),
        ("a sk-abcdefghijkl0 b sk-abcdefghijkl1 c", "a (hidden) b (hidden) c"),
    ]);
}

#[test]
fn sign_in_tokens_go() {
    assert_redacted(&[
        ("Authorization: Bearer abcdef", "Authorization: Bearer (hidden)"),
        (r#"{"authorization":"Bearer q1w2-e3r4"}"#, r#"{"authorization":"Bearer (hidden)"}"#),
        ("authorization=Bearer%20q1w2e3r4t5", "authorization=Bearer%20(hidden)"),
        ("Basic dXNlcjpwYXNzd29yZA== was sent", "Basic (hidden) was sent"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl, then", "(hidden), then"),
        ("eyJ.eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "eyJ.(hidden)"),
        ("t%3DeyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "t%3D(hidden)"),
        ("Bearer $ecret9-of-ann", "Bearer (hidden)"),
    ]);
}

#[test]
fn a_long_word_that_may_be_a_token_everywhere_takes_no_time() {
    let began = std::time::Instant::now();
    for word in ["eyJ-", "eyJ.", "eyJ-aaaa.", "eyJ-aaaa.."] {
        let text = word.repeat(100_000);
        let is_kept = matches!(redact(&text), Cow::Borrowed(_));
        assert_eq!(is_kept, !word.ends_with("a."), "{word}");
    }
    let looks_so_to_the_end = format!("{}.x", "eyJ-".repeat(100_000));
    assert!(matches!(redact(&looks_so_to_the_end), Cow::Borrowed(_)));
    assert!(began.elapsed() < std::time::Duration::from_secs(20), "{:?}", began.elapsed());
}

#[test]
fn values_that_are_called_a_secret_go() {
    assert_redacted(&[
        ("https://host/v1/models?key=abcd-efgh&x=1", "https://host/v1/models?key=(hidden)&x=1"),
        ("?page=2&amp;token=some.thing", "?page=2&amp;token=(hidden)"),
        (r"https://host/?a=1\u0026key=abcdefgh", r"https://host/?a=1\u0026key=(hidden)"),
        ("next=%2Fv1%3Fkey%3Dabc%2Bdef%26x%3D1", "next=%2Fv1%3Fkey%3D(hidden)%26x%3D1"),
        (r#"{"api_key": "any words at all", "n": 1}"#, r#"{"api_key": "(hidden)", "n": 1}"#),
        (r#"{"api_key": "with \" a quote", "n": 1}"#, r#"{"api_key": "(hidden)", "n": 1}"#),
        (r#""{\"apiKey\":\"nested-one\",\"n\":1}""#, r#""{\"apiKey\":\"(hidden)\",\"n\":1}""#),
        ("{'password': 'hunter2'}", "{'password': '(hidden)'}"),
        ("LM_API_TOKEN=any-thing", "LM_API_TOKEN=(hidden)"),
        ("export MY_SECRET='any thing'", "export MY_SECRET='(hidden)'"),
        ("x-goog-api-key: abcdefgh12345", "x-goog-api-key: (hidden)"),
        ("client_secret=pässwörd-x", "client_secret=(hidden)"),
        (r#"Account { api_key: Some("hunter22") }"#, r#"Account { api_key: Some("(hidden)") }"#),
        (r#"cut off in "password": "hunter2 and"#, r#"cut off in "password": "(hidden)"#),
        ("%22api_key%22%3A%22abcdefgh%22", "%22api_key%22%3A%22(hidden)%22"),
        (r"PATH=/bin\nMY_PASS=any-thing\nHOME=/", r"PATH=/bin\nMY_PASS=(hidden)\nHOME=/"),
        (r"C:\refreshtoken=any-thing", r"C:\refreshtoken=(hidden)"),
    ]);
}

#[test]
fn several_of_them_go_together() {
    assert_redacted(&[
        (r#"{"api_keys": ["any words", "and more"], "n": 1}"#, r#"{"api_keys": ["(hidden)"], "n": 1}"#),
        ("{\"passwords\": [\n  \"hunter2\",\n  \"x\"\n]}", "{\"passwords\": [\n  \"(hidden)\"\n]}"),
        (r#""{\"secrets\":[\n\"one-more\",\"another\"]}""#, r#""{\"secrets\":[\n\"(hidden)\"]}""#),
        ("Account { password: [\"hunter2\"], n: 1 }", "Account { password: [\"(hidden)\"], n: 1 }"),
        (r#"cut off in "api_keys": ["any words"#, r#"cut off in "api_keys": ["(hidden)"#),
        ("client_secrets='any thing'", "client_secrets='(hidden)'"),
    ]);
    assert_kept(&[
        r#"{"api_keys": [], "passwords": [1, 2], "secrets": ["", "none"], "tokens": ["many", "words"]}"#,
        "MAX_TOKENS=4096 passwords=1234 keys=[\"left\", \"right\"]",
    ]);
}

#[test]
fn a_password_may_begin_like_a_placeholder() {
    assert_redacted(&[
        ("http://ann:$ecret9@host", "http://ann:(hidden)@host"),
        ("password=yourCat99", "password=(hidden)"),
        (r#"{"password": "{x9-and-more"}"#, r#"{"password": "(hidden)"}"#),
        (r#"{"password": "<x9-and-more", "secret": "[x9-a"}"#, r#"{"password": "(hidden)", "secret": "(hidden)"}"#),
        (r#"{"password": "$(x9", "secret": "${x9-and"}"#, r#"{"password": "(hidden)", "secret": "(hidden)"}"#),
    ]);
    assert_kept(&[
        "http://ann:$PASSWORD_2@host and http://ann:${PASSWORD}@host and http://ann:{password}@host",
        r#"{"password": "<your password>", "secret": "{secret}", "api_key": "[key]", "client_secret": "your-own"}"#,
        r#"{"password": "%(password)s", "secret": "$(cat file)", "api_key": "${KEY}/more", "passphrase": "…x9y8"}"#,
        "Bearer $token",
    ]);
}

#[test]
fn passwords_in_addresses_go() {
    assert_redacted(&[
        ("see http://user:pass%40word@host:1234/v1", "see http://user:(hidden)@host:1234/v1"),
        ("socks5://u:p@ss@host", "socks5://u:(hidden)@host"),
        ("https://0123456789abcdef01@host/x.git", "https://(hidden)@host/x.git"),
    ]);
}

#[test]
fn private_keys_go_as_a_whole() {
    assert_redacted(&[
        ("a -----BEGIN PRIVATE KEY-----\nMIIE/+ab\n-----END PRIVATE KEY----- b", "a (hidden) b"),
        (r"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n", "(hidden)"),
    ]);
    assert_kept(&["-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----", "----- a line -----"]);
}

#[test]
fn honest_text_stays() {
    let picture =
        format!("data:image/png;base64,{}/AIzaSyA1234567890abcdefgh+AKIAIOSFODNN7EXAMPLE", "iVBORw0K".repeat(90));
    let bare = format!("{}/AIzaSyA1234567890abcdefgh", "iVBORw0K".repeat(90));
    assert_kept(&[
        "",
        "The door opens with a key: the red one. Take it, then press the key left.",
        r#"{"name":"press","arguments":{"key":"left"}}"#,
        r#"{"key":"qwen2.5-7b-instruct-1m","display_name":"Qwen"}"#,
        "key=left score=3.5 token=12 tokens=4096 max_tokens: 12345678",
        r#"{"token": 151643, "bos_token": "<|im_start|>", "token": "hello", "password": 1234567890}"#,
        "time_to_first_token: 120ms; total_tokens=150000000",
        "the task-master of risk-free-and-tasked-0123456789",
        "use sk-learn, hf_hub_download and AIza or sk-",
        "use 'Authorization: Bearer $TOKEN' or Bearer {token} or Bearer <token>",
        "Bearer authentication is required; the bearer of this letter; www-authenticate: Bearer realm=\"x\"",
        "Basic settings come first, basic rules later",
        "let secret = Secret::new(&text); token: Option<&Secret>, password = ask_for_it()",
        "if password == other { api_key=self.api_key }; api_key=os.environ['X']",
        "password=None, \"api_key\": null, api_key=$LM_API_TOKEN, password=****, api_key=YOUR_API_KEY",
        "password: must be long; secret: the lever opens the door",
        "http://localhost:1234/v1 and ssh://git@host/x and mail to a:b@c and http://h/@x:y",
        "http://user:(hidden)@host, Secret(hidden), password=Secret(hidden)",
        "größe: 3 — naïve “quotes” … 日本語: キー=左",
        "basié basi\u{1F511}",
        "eyJhbGciOiJIUzI1NiJ9 alone is only JSON",
        &picture,
        &bare,
    ]);
}

#[test]
fn what_is_known_is_found_in_every_form() {
    remember("Zq7+canary/one=&\"x");
    assert_redacted(&[
        ("it was Zq7+canary/one=&\"x there", "it was (hidden) there"),
        ("q?v=Zq7%2Bcanary%2Fone%3D%26%22x&n", "q?v=(hidden)&n"),
        ("q?v=Zq7%2bcanary%2fone%3d%26%22x&n", "q?v=(hidden)&n"),
        (r#"{"said":"Zq7+canary/one=&\"x"}"#, r#"{"said":"(hidden)"}"#),
    ]);
    remember("Wm4canarythirtytwocharacterslong");
    assert_redacted(&[("refused: Wm4canaryth... and Wm4canary", "refused: (hidden)... and Wm4canary")]);
    remember("größtes-Geheimnis");
    assert_redacted(&[("das größtes-Geheimnis ist", "das (hidden) ist")]);
}

#[test]
fn placeholders_and_short_secrets_destroy_nothing() {
    for secret in ["lm-studio", "LM-Studio", "ollama", "x1", "ab12!", "(hidden)", " "] {
        remember(secret);
    }
    assert_kept(&["lm-studio-community/qwen on lm-studio, not ollama; x1 ab12! is (hidden)"]);
    remember("quokka");
    assert_kept(&["quokka-7b, my-quokka, quokka/7b and quokkas"]);
    assert_redacted(&[("the word is quokka.", "the word is (hidden).")]);
    remember("q7Z9kk");
    assert_kept(&["aq7Z9kkb"]);
    assert_redacted(&[("/q7Z9kk/", "/(hidden)/")]);
}

#[test]
fn a_short_known_key_is_found_behind_a_code() {
    remember("hunter77");
    assert_redacted(&[
        (r#"{"said":"first\nhunter77\nlast"}"#, r#"{"said":"first\n(hidden)\nlast"}"#),
        ("q?v%3Dhunter77%26n", "q?v%3D(hidden)%26n"),
        (r"v\u003dhunter77", r"v\u003d(hidden)"),
        ("\u{1b}[32mhunter77\u{1b}[0m", "\u{1b}[32m(hidden)\u{1b}[0m"),
    ]);
    assert_eq!(redact(&format!("{:?}", "first\nhunter77")), r#""first\n(hidden)""#);
    assert_kept(&["nhunter77, 3Dhunter77 and hunter770"]);
}

#[test]
fn what_was_taken_out_is_counted_by_kind() {
    let mut counts = BTreeMap::new();
    let text = "sk-abcdef0123456789, http://u:pw@h/?key=abcd sk-abcdef0123456780";
    assert_eq!(redact_counted(text, &mut counts), "(hidden), http://u:(hidden)@h/?key=(hidden) (hidden)");
    assert_eq!(counts, BTreeMap::from([(KEYS, 2), (IN_ADDRESSES, 1), (NAMED, 1)]));
    assert!(matches!(redact_counted("nothing", &mut counts), Cow::Borrowed("nothing")));
    assert_eq!(counts.values().sum::<u64>(), 4);
}

#[test]
fn a_known_key_that_looks_like_one_is_hidden_once() {
    remember("sk-Overlap0123456789-Overlap");
    let mut counts = BTreeMap::new();
    let text = "Bearer sk-Overlap0123456789-Overlap-and-more";
    assert_eq!(redact_counted(text, &mut counts), "Bearer (hidden)");
    assert_eq!(counts.values().sum::<u64>(), 1);
}
