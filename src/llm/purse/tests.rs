//! Questions on a budget.

use std::{sync::Mutex, time::Duration};

use super::*;
use crate::llm::{Turn, Who};

const MODEL: &str = "claude-of-the-test";

fn purse(budget: BudgetSettings) -> (Purse, Brake, Arc<Mutex<Vec<String>>>) {
    let price = PriceSettings {
        provider: Provider::Claude,
        model: MODEL.into(),
        input_per_million: 1.0,
        output_per_million: 10.0,
    };
    let (brake, said) = (Brake::default(), Arc::<Mutex<Vec<String>>>::default());
    let heard = Arc::clone(&said);
    let say: Say = Arc::new(move |words| heard.lock().unwrap().push(words));
    (Purse::new(budget, vec![price], brake.clone(), say), brake, said)
}

fn ask() -> Ask {
    Ask { turns: vec![Turn::User("x".repeat(300))], answer_tokens: 100, ..Ask::default() }
}

fn answer(prompt: u64, answered: u64) -> Answer {
    let usage = Usage { prompt_tokens: Some(prompt), answer_tokens: Some(answered), reasoning_tokens: None };
    Answer { usage, by: Who { model_asked: MODEL.into(), ..Who::default() }, ..Answer::default() }
}

async fn is_let_through(purse: &Purse, model: &str) -> Option<Receipt> {
    let ask = ask();
    let admitting = purse.admit(Provider::Claude, model, &ask);
    let mut receipt = tokio::time::timeout(Duration::from_secs(1), admitting).await.ok()?;
    receipt.leave();
    Some(receipt)
}

#[tokio::test(start_paused = true)]
async fn calls_are_counted_the_last_one_warns_and_one_more_pauses_until_it_is_granted() {
    let (purse, brake, said) = purse(BudgetSettings { calls: 2, usd: 0.0, ..BudgetSettings::default() });
    for _ in 0..2 {
        is_let_through(&purse, MODEL).await.expect("within the budget").settle(&answer(100, 50));
    }
    assert_eq!(said.lock().unwrap().len(), 1, "{said:?}");
    assert!(is_let_through(&purse, MODEL).await.is_none());
    assert_eq!(brake.why().as_ref().map(PauseReason::words), Some("The budget of 2 calls is used up"));
    purse.grant_again();
    brake.release();
    is_let_through(&purse, MODEL).await.expect("granted again").refused();
    let spending = purse.read();
    assert_eq!((spending.calls, spending.budget.calls, spending.lines.len()), (3, Some(4), 1));
    assert!((spending.usd - 0.0012).abs() < 1e-9, "{}", spending.usd);
}

#[tokio::test(start_paused = true)]
async fn what_is_under_way_is_reserved_so_that_nothing_is_overdrawn() {
    let budget = BudgetSettings { tokens: 450, usd: 0.0, ..BudgetSettings::default() };
    let (purse, brake, _said) = purse(budget);
    let first = is_let_through(&purse, MODEL).await.expect("200 of 450");
    let _second = is_let_through(&purse, MODEL).await.expect("400 of 450");
    assert!(is_let_through(&purse, MODEL).await.is_none(), "the third might be too much");
    assert!(!brake.is_on(), "and might not, so it only waits");
    first.settle(&answer(20, 10));
    assert!(is_let_through(&purse, MODEL).await.is_some());
    assert!(!brake.is_on());
}

#[tokio::test(start_paused = true)]
async fn money_is_kept_to_the_cent_and_an_unknown_price_is_said_and_not_taken_for_nothing() {
    // The question can cost (100 + 10 * 100) / 1e6 dollars.
    let (purse, brake, _said) = purse(BudgetSettings { usd: 0.0015, ..BudgetSettings::default() });
    let paid = is_let_through(&purse, MODEL).await.expect("it is enough").settle(&answer(100, 60));
    assert!((paid.expect("a price") - 0.0007).abs() < 1e-9, "{paid:?}");
    assert!(is_let_through(&purse, MODEL).await.is_none());
    assert!(
        brake.why().is_some_and(|why| why.words().contains("$0.0011") && why.words().contains("$0.0007")),
        "{:?}",
        brake.why()
    );
    brake.release();
    let paid = is_let_through(&purse, "a model of another kind").await.expect("nobody knows").settle(&answer(10, 10));
    assert_eq!(paid, None);
    let spending = purse.read();
    assert_eq!((spending.unpriced_calls, spending.lines[0].usd), (1, None));
}

#[tokio::test(start_paused = true)]
async fn what_is_broken_off_is_counted_and_said_to_be_uncounted_and_a_refusal_costs_nothing() {
    let (purse, _brake, _said) = purse(BudgetSettings::default());
    drop(is_let_through(&purse, MODEL).await.expect("within the budget"));
    is_let_through(&purse, MODEL).await.expect("within the budget").refused();
    drop(purse.admit(Provider::Claude, MODEL, &ask()).await);
    let spending = purse.read();
    assert_eq!((spending.calls, spending.uncounted_calls), (2, 1), "the third never left");
    // The question can cost (100 + 10 * 100) / 1e6 dollars, and whoever broke it off does not know what it did.
    assert!((spending.usd - 0.0011).abs() < 1e-9, "{spending:?}");
    assert_eq!(spending.lines[0].calls, 2);
    let book = purse.book();
    assert_eq!((book.reserved, book.spent.tokens), (Amount { tokens: 0, usd: 0.0 }, 200));
}

#[tokio::test(start_paused = true)]
async fn an_alias_is_paid_for_as_the_model_behind_it_and_reserved_so_from_then_on() {
    let (purse, brake, said) = purse(BudgetSettings { usd: 0.0015, ..BudgetSettings::default() });
    let mut behind = answer(100, 60);
    behind.by.model_answered = MODEL.into();
    let paid = is_let_through(&purse, "claude-latest").await.expect("nobody knows yet").settle(&behind);
    assert!((paid.expect("a price") - 0.0007).abs() < 1e-9, "{paid:?}");
    assert!(said.lock().unwrap()[0].contains("What claude-latest costs is not known"), "{said:?}");
    assert!(!purse.has_room_for(Provider::Claude, "claude-latest", &ask()));
    assert!(is_let_through(&purse, "claude-latest").await.is_none());
    assert!(brake.is_on());
}

#[tokio::test(start_paused = true)]
async fn spent_money_stops_those_of_unknown_price_too() {
    let (purse, brake, _said) = purse(BudgetSettings { usd: 0.001, ..BudgetSettings::default() });
    let dear = Answer { by: Who { model_answered: MODEL.into(), ..Who::default() }, ..answer(1000, 100) };
    is_let_through(&purse, "an alias").await.expect("nobody knows yet").settle(&dear);
    assert!(is_let_through(&purse, "something else").await.is_none());
    assert_eq!(brake.why().as_ref().map(PauseReason::words), Some("The budget of $0.001 is used up"));
}
