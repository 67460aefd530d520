//! A server that dies, and what becomes of its place.

use super::*;

#[tokio::test(start_paused = true)]
async fn one_that_dies_is_started_again_and_the_call_is_uncertain() {
    let fake = Fake::new(&["go", "begin"]);
    let mut settings = settings();
    settings.extras.reset = Some(preset("begin"));
    let mut place = fake.place(settings).await.unwrap();
    assert_eq!(fake.called(), ["begin"]);
    fake.then(Answer::Dies);
    let effect = act(&mut place, &ActionCall::bare("go")).await;
    assert_eq!((effect.status, effect.changed), (EffectStatus::Uncertain, true));
    assert!(effect.text.contains("started again"), "{}", effect.text);
    assert_eq!(fake.called(), ["go", "begin"], "a new process has to be set up again");
    assert_eq!(fake.counts(), (2, 1, 1));
    let EnvironmentView::Tools(view) = place.view() else { panic!() };
    assert_eq!(view.state, "answers, started again, 1 of 3");
    fake.book().is_alive = false;
    look(&mut place).await;
    assert_eq!(fake.book().opened, 3, "a look finds it dead as well");
}

#[tokio::test(start_paused = true)]
async fn one_that_dies_for_ever_is_given_up() {
    let fake = Fake::new(&["go"]);
    let mut place = fake.place(settings()).await.unwrap();
    fake.book().cannot_start = true;
    fake.then(Answer::Dies);
    let began = tokio::time::Instant::now();
    let error = place.act(&ActionCall::bare("go"), &CancellationToken::new()).await.unwrap_err();
    let EnvironmentError::Trouble(problem) = error else { panic!("it goes on") };
    assert!(problem.details.iter().any(|detail| detail.contains("out of paper")), "{problem:?}");
    assert!(!problem.remedies.is_empty());
    assert_eq!((fake.book().opened, began.elapsed().as_millis() / 100), (4, 35));
    assert!(place.observe(Want::default()).await.is_err(), "and it stays so");
    assert_eq!(fake.book().opened, 4);
}

#[tokio::test(start_paused = true)]
async fn a_stop_ends_the_wait_for_a_restart() {
    let fake = Fake::new(&["go"]);
    let mut place = fake.place(settings()).await.unwrap();
    fake.then(Answer::Dies);
    let stop = CancellationToken::new();
    let call = ActionCall::bare("go");
    let (effect, ()) = tokio::join!(place.act(&call, &stop), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.cancel();
    });
    assert_eq!((effect.unwrap().status, fake.book().opened), (EffectStatus::Uncertain, 1));
}

#[tokio::test(start_paused = true)]
async fn a_restart_that_was_broken_off_is_finished_at_the_next_look() {
    let fake = Fake::new(&["go", "begin"]);
    let mut settings = settings();
    settings.extras.reset = Some(preset("begin"));
    let mut place = fake.place(settings).await.unwrap();
    fake.called();
    fake.then(Answer::Dies);
    fake.then(Answer::Never);
    let (call, never) = (ActionCall::bare("go"), CancellationToken::new());
    let broken_off = timeout(Duration::from_secs(30), place.act(&call, &never)).await;
    assert!(broken_off.is_err());
    assert_eq!(fake.called(), ["go", "begin"]);
    let tick = place.tick();
    look(&mut place).await;
    assert_eq!((fake.called(), place.tick() > tick), (vec!["begin".to_owned()], true), "it was not set up yet");
    look(&mut place).await;
    assert_eq!((fake.called().len(), fake.book().opened), (0, 2), "once is enough");
}

#[tokio::test(start_paused = true)]
async fn a_way_that_stays_open_to_one_that_is_gone_counts_as_dead() {
    let fake = Fake::new(&["go", "begin"]);
    let mut settings = settings();
    settings.extras.reset = Some(preset("begin"));
    let mut place = fake.place(settings).await.unwrap();
    fake.then(Answer::Dies);
    // What is called at the start finds it gone once more, and then not.
    fake.then(Answer::Vanishes);
    let effect = act(&mut place, &ActionCall::bare("go")).await;
    assert_eq!((effect.status, fake.book().opened), (EffectStatus::Uncertain, 3));
}
