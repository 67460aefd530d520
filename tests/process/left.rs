//! What a program that broke off has left: found by its mark, ended, and never mistaken for a stranger.

use singularis::{
    process::left,
    protocol::{Belonging, BelongingKind},
};

use crate::nursery::Nursery;
#[cfg(target_os = "linux")]
use crate::nursery::carriers;

#[cfg(target_os = "linux")]
#[tokio::test]
async fn what_was_left_is_found_and_ended() {
    for script in [
        "echo ready; while read line; do :; done",
        "trap '' TERM; sleep 1000 & echo ready; while :; do sleep 0.05; done",
    ] {
        let nursery = Nursery::open();
        let _child = nursery.ready(script).await;
        let belonging = nursery.began().remove(0);
        assert_eq!(left::is_there(&belonging), Some(true));
        assert_eq!(left::end(&belonging).await, Ok(()));
        assert_eq!(left::is_there(&belonging), Some(false));
        assert_eq!(carriers(&belonging.place), Vec::<u32>::new());
        assert_eq!(left::end(&belonging).await, Ok(()), "there is nothing more to do");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn it_is_found_by_its_mark_when_its_number_is_gone() {
    let nursery = Nursery::open();
    let child = nursery.ready("sh -c 'echo ready; while :; do sleep 0.05; done' & exit 0").await;
    child.wait().await;
    let belonging = nursery.began().remove(0);
    assert_eq!(left::is_there(&belonging), Some(true), "what it started carries the mark");
    assert_eq!(left::end(&belonging).await, Ok(()));
    assert_eq!(left::is_there(&belonging), Some(false));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_stranger_with_its_number_is_let_alone() {
    let nursery = Nursery::open();
    let child = nursery.ready("echo ready; while read line; do :; done").await;
    let stranger = Belonging { place: "0123456789abcdef0123456789abcdef".to_owned(), ..nursery.began().remove(0) };
    assert_eq!(left::is_there(&stranger), Some(false));
    assert_eq!(left::end(&stranger).await, Ok(()));
    assert_eq!(carriers(&nursery.began()[0].place), [child.id()], "it lives");
    nursery.end_one().await;
}

#[tokio::test]
async fn what_cannot_be_recognised_is_not_touched() {
    let nursery = Nursery::open();
    let child = nursery.ready("echo ready; while read line; do :; done").await;
    let began = nursery.began().remove(0);
    let without_mark = Belonging { place: String::new(), ..began.clone() };
    let instance = Belonging { kind: BelongingKind::Instance, ..began };
    for belonging in [without_mark, instance] {
        assert_eq!(left::is_there(&belonging), None);
        assert!(left::end(&belonging).await.is_err());
    }
    assert_eq!(nursery.children.alive(), 1);
    drop(child);
    nursery.end_all().await;
}
