//! One connection: a request is read and noted, and answered as far as the present behaviour lets it get.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::sleep,
};

use super::{Behaviour, Ending, Kind, Shared, answer::Answer, request::Incoming};

/// Answers one request and closes the connection, so that no behaviour meets a client that came under another one.
pub(super) async fn attend(mut stream: TcpStream, kind: Kind, shared: Shared) {
    // Otherwise a small piece waits until the one before it is acknowledged; it comes all the same.
    let _only_later = stream.set_nodelay(true);
    let Some(incoming) = Incoming::read(&mut stream).await else { return };
    let question = kind.question(&incoming);
    let case = shared.begin(&incoming, &question);
    let answer = match &case.behaviour {
        Behaviour::Status { code, retry_after, body } => {
            Answer { retry_after: *retry_after, ..Answer::json(*code, body) }
        }
        _ => kind.answer(&incoming, &question, case.preferred),
    };
    let Some((last, others)) = answer.pieces.split_last() else { return };
    let tell = |bytes: usize| {
        shared.note(case.place, |request| {
            request.status = Some(answer.status);
            request.answered_bytes += bytes;
        });
    };
    let ending = treat(&mut stream, &case.behaviour, &answer, others, &tell).await;
    // Whoever has read the end may look at what was counted at once, so that comes first.
    if ending == Ending::Complete {
        tell(last.len());
        shared.note(case.place, |request| {
            (request.prompt_tokens, request.answer_tokens) = answer.tokens;
        });
    }
    shared.end(case.place, ending);
    if ending == Ending::Complete {
        let end = format!("{}{}", answer.framed(last), answer.end());
        let _left_at_the_last_moment = stream.write_all(end.as_bytes()).await;
        hang_up(&mut stream).await;
    }
}

/// Tells all pieces but the last one, or what the behaviour leaves of them.
async fn treat(
    stream: &mut TcpStream,
    behaviour: &Behaviour,
    answer: &Answer,
    pieces: &[String],
    tell: &(impl Fn(usize) + Sync),
) -> Ending {
    let is_there = match behaviour {
        // It came in just before the listener was gone.
        Behaviour::Refuse => return Ending::BrokenOff,
        Behaviour::Hang => {
            gone(stream).await;
            false
        }
        Behaviour::AnswerAfter(wait) => stays(stream, *wait).await,
        Behaviour::Answer | Behaviour::Status { .. } | Behaviour::Stall | Behaviour::Cut => true,
    };
    if !is_there {
        return Ending::ClientLeft;
    }
    // Nobody can be told anything any more once the client has left.
    begin(stream, behaviour, answer, pieces, tell).await.unwrap_or(Ending::ClientLeft)
}

/// Tells the head and the pieces; where it stalls or breaks off, it does so behind the first one.
async fn begin(
    stream: &mut TcpStream,
    behaviour: &Behaviour,
    answer: &Answer,
    pieces: &[String],
    tell: &(impl Fn(usize) + Sync),
) -> io::Result<Ending> {
    stream.write_all(answer.head().as_bytes()).await?;
    for piece in pieces {
        tell(piece.len());
        stream.write_all(answer.framed(piece).as_bytes()).await?;
        match behaviour {
            Behaviour::Stall => {
                gone(stream).await;
                return Ok(Ending::ClientLeft);
            }
            Behaviour::Cut => return Ok(Ending::BrokenOff),
            _ => {}
        }
    }
    Ok(Ending::Complete)
}

/// Waits; false if the client leaves meanwhile.
async fn stays(stream: &mut TcpStream, wait: Duration) -> bool {
    tokio::select! {
        () = sleep(wait) => true,
        () = gone(stream) => false,
    }
}

/// Until the client has left. It has nothing more to say, so whatever comes is thrown away.
async fn gone(stream: &mut TcpStream) {
    let mut bytes = [0; 1024];
    while matches!(stream.read(&mut bytes).await, Ok(1..)) {}
}

/// Says farewell, and stays until the client has left: closing before it has read all could be a reset.
async fn hang_up(stream: &mut TcpStream) {
    let _left_already = stream.shutdown().await;
    gone(stream).await;
}
