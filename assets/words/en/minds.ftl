# Where models may run, what they cost, and how they stand.

minds-local-only = Local only: nothing leaves this machine and the hosts that are your own
minds-local-first = Local first: the cloud steps in where local models fail
minds-cloud-first = Cloud first: local models step in where the cloud fails
minds-cloud-only = Cloud only: no local server is asked

minds-parts-local-only = Only local models are allowed, so local models play its parts; change that under Setup
minds-parts-local-first = Local models are asked first; where they fail, Gemini and Claude see what the agent sees
minds-parts-cloud-first = Gemini and Claude are asked first and see what the agent sees; where they fail, local models answer
minds-parts-cloud-only = No local server is asked: Gemini and Claude play every part and see what the agent sees

minds-provider-local = Local models
minds-provider-tools = Tool servers

minds-unknown = unknown
minds-at-most = { $count } of { $most }
minds-dollars = { "\u0024" }{ $usd }
minds-hardly-a-dollar = less than { "\u0024" }{ $usd }
minds-at-least = at least { $cost }
minds-spent-unpriced = { $calls ->
    [one] { $cost }; 1 call of unknown price
   *[other] { $cost }; { $calls } calls of unknown price
}

minds-nobody-asked = No model was asked
minds-used-up = { $calls ->
    [one] 1 call, { $prompts } tokens of prompts and { $answers } of answers
   *[other] { $calls } calls, { $prompts } tokens of prompts and { $answers } of answers
}
minds-used-up-uncounted = { $calls ->
    [one] 1 call, { $prompts } tokens of prompts and { $answers } of answers
   *[other] { $calls } calls, { $prompts } tokens of prompts and { $answers } of answers
}; the tokens of { $uncounted ->
    [one] 1 call
   *[other] { $uncounted } calls
} are unknown

minds-ready = Ready
minds-left-alone = Left alone until { $time }: { $why }
minds-absent = Not there: { $why }
minds-busy = { $under_way } under way; in the last minute { $requests } requests and { $tokens } tokens
minds-busy-waiting = { $under_way } under way, { $waiting } waiting; in the last minute { $requests } requests and { $tokens } tokens

minds-narrated-by = { $by }, step { $step }
