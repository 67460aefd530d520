//! The rules in words, for the prompt of whoever plays without having read the code.

pub const RULES: &str = "\
You wander a small land of ten places with a fixed number of turns. Bring the relic of the barrow home to Town, and \
gather what else is worth something on the way.
Score, 0 to 100: relic home 35 (only carried 15), wolf, bandit and wraith 5 each, barrow king 10, each place seen 1, \
half your gold up to 15, bridge opened 5, Barrow gate opened 5, alive at the end 5. If you die, the score is halved.
Walking takes as many turns as the road is long, sleeping 6, a wrong reply 4, everything else 1. What cannot be \
finished before the last turn has no effect.
In a fight the text shows what the enemy is about to do. A heavy blow is best blocked; an enemy that is open is best \
met with a power attack. You strike first, and what falls does not strike back.
Wolf and bandit have no weakness. The barrow king cannot bear either fire or silver, and the wraith cannot bear the \
other one; fire oil or the silver blade then does double damage. Chain mail takes 2 off every blow.
Three advisers know useful things, but one of them lies in everything. Writings never lie, and the poster in Town \
describes the liar. One chest of three is trapped and costs 13 health.
The guard on the Bridge lets you pass for the right oath or for 12 gold. The levers in the Tower open the Barrow gate.";
