#!/usr/bin/env python3
"""Writes a tiny model that any llama.cpp server loads, so that tests meet a real server without a download.

It is a Markov chain dressed as a llama. A token's embedding is a one-hot vector and every layer adds zero, so the last
matrix alone decides: it is the table "after this token, how likely is each next one". The chain talks nonsense, and
quickly: sentences with an emoji cut into four tokens, short JSON where a grammar asks for it. To the server it is a
model like any other: it streams, calls tools, thinks, fills its context and can be cancelled. One byte of the prompt is
one token, which makes limits easy to hit on purpose.
"""

import argparse

import gguf
import numpy as np

NEVER, RARELY = -20.0, -9.0
WORDS = """a the this every some small quiet bright old near far river road bridge tower gate farm lantern door letter
 story morning evening wind stone path finds leaves opens follows carries watches turns waits under over beside without
 and or but then while again often slowly café naïve λ 你好""".split()
STARTS = "Today Here There Once Now Every Some".split()
IDEAS, MORE = "likely unsure hopeful careful curious patient".split(), "enough today perhaps indeed".split()
THOUGHTS = "hmm so maybe if first check wait thus".split()
TEMPLATE = """{% if tools %}<|im_start|>system<|im_sep|>Tools: {{ tools | tojson }}<|im_end|>{% endif %}
{%- for m in messages %}<|im_start|>{{ m.role }}<|im_sep|>
{%- if m.reasoning_content %}<think>
{{ m.reasoning_content }}
</think>{% endif %}{{ m.content or '' }}
{%- for c in m.tool_calls or [] %}<tool_call>
{"name": "{{ c.function.name }}", "arguments": {{ c.function.arguments | tojson }}}
</tool_call>{% endfor %}<|im_end|>{% endfor %}
{%- if add_generation_prompt %}<|im_start|>assistant<|im_sep|>{% endif %}"""


class Vocabulary(list):
    """Pairs of text and kind. The first 256 are the single bytes, in the spelling that GPT-2's tokenizer gave them."""

    def __init__(self):
        plain, spare = [*range(33, 127), *range(161, 173), *range(174, 256)], iter(range(256, 512))
        self.spelling = [chr(b if b in plain else next(spare)) for b in range(256)]
        super().__init__((character, gguf.TokenType.NORMAL) for character in self.spelling)

    def word(self, text):
        return self.mark("".join(self.spelling[b] for b in text.encode()), gguf.TokenType.NORMAL)

    def mark(self, text, kind=gguf.TokenType.USER_DEFINED):
        assert text not in (known for known, _ in self), f"llama.cpp refuses a vocabulary with {text!r} in it twice"
        self.append((text, kind))
        return len(self) - 1


def chain(args):
    """The vocabulary, the token that ends an answer, and the table: `likely[next, previous]` is a logit."""
    v = Vocabulary()
    _, head, end = (v.mark(text, gguf.TokenType.CONTROL) for text in ("<|im_start|>", "<|im_sep|>", "<|im_end|>"))
    call, call_end, think, think_end = map(v.mark, ("<tool_call>", "</tool_call>", "<think>", "</think>"))
    words, more, thoughts = ([v.word(f" {text}") for text in texts] for texts in (WORDS, MORE, THOUGHTS))
    starts, ideas, (stop, paragraph) = ([v.word(text) for text in texts] for texts in (STARTS, IDEAS, [". ", ".\n\n"]))
    while len(v) % 64:
        v.mark(f"<|unused{len(v)}|>", gguf.TokenType.UNUSED)
    quote, colon, comma, newline, dot, opening, closing, bracket = map(ord, '":,\n.{}]')
    digits, emoji, random = [ord(c) for c in "0123456789"], list("🙂".encode()), np.random.default_rng(args.seed)
    way_out = [quote, comma, closing, bracket, *([] if args.endless else [end])]  # of what a grammar has begun
    likely = np.empty((len(v), len(v)), np.float32)

    def after(previous, *choices):
        """Sets what may follow each of `previous`, as pairs of tokens and a logit; nothing else comes by itself."""
        for token in np.atleast_1d(previous):
            likely[:, token] = NEVER
            likely[way_out, token] = RARELY
            for tokens, logit in choices:
                likely[tokens, token] = logit

    after(range(len(v)), (words, 0.0))  # whatever has no rule of its own
    for word in words:  # each word has followers of its own, so that the text is no uniform soup
        followers = [follower for follower in words if random.random() < 0.5]
        after(word, (followers, 0.0), (stop, 1.5), (paragraph, -1.0), (emoji[0], 0.0))
    after([stop, paragraph], (starts, 0.0), (end, NEVER if args.endless else 1.5))
    for byte, following in zip(emoji, emoji[1:]):
        after(byte, (following, 8.0))
    # An answer begins with a thought, a tool call, or straight away.
    after([head, think_end], (starts, 0.0), (opening, -8.0), (call, 6.0 if args.tools else NEVER))
    likely[think, head] = 12.0 if args.think else NEVER
    after([think, *thoughts], (thoughts, 0.0), (think_end, 0.0))
    after(call, (newline, 8.0))
    likely[call_end, newline] = -6.0
    after([call_end, ord(">")], (end, 8.0))
    # Under a grammar: short strings, numbers between 0 and 1, objects that close.
    after(quote, (ideas, 3.0), ([colon, comma, closing], -4.0))
    after([*ideas, *more], (quote, NEVER if args.endless else 2.5), (more, 0.0))
    after(opening, (closing, 3.0), (quote, 2.0))
    after(closing, (newline, 2.0), (end, 2.0))
    after([colon, ord(" ")], (words, -6.0), (quote, 2.0), (digits[0], 3.0), (opening, 1.0))
    after(digits, ([closing, comma, bracket], 4.0))
    likely[dot, digits[0]] = 6.0
    after(dot, (digits[1:], 4.0))
    return v, end, likely


def write(args):
    v, end, likely = chain(args)
    size, head, inner = len(v), 16, 256  # as wide as the vocabulary, so that a one-hot fits; hardly any attention
    w = gguf.GGUFWriter(args.out, "llama")
    for key, value in {"context_length": args.context, "embedding_length": size, "block_count": args.layers,
                       "feed_forward_length": inner, "attention.head_count": 1, "attention.key_length": head,
                       "attention.value_length": head, "rope.dimension_count": head, "vocab_size": size}.items():
        w.add_uint32(f"llama.{key}", value)
    w.add_layer_norm_rms_eps(1e-5)
    w.add_tokenizer_model("gpt2")
    w.add_tokenizer_pre("gpt-2")
    w.add_token_list([text for text, _ in v])
    w.add_token_types([kind for _, kind in v])
    w.add_token_merges([f"{v.spelling[0]} {v.spelling[0]}"])  # the key must exist; this pair is in no text
    w.add_eos_token_id(end)
    w.add_add_bos_token(False)
    w.add_chat_template(TEMPLATE)
    w.add_tensor("token_embd.weight", np.eye(size, dtype=np.float16))
    w.add_tensor("output_norm.weight", np.ones(size, np.float32))
    w.add_tensor("output.weight", (likely / np.sqrt(size)).astype(np.float16))  # that norm makes a one-hot root(size)
    shapes = dict(attn_q=(head, size), attn_k=(head, size), attn_v=(head, size), attn_output=(size, head),
                  ffn_gate=(inner, size), ffn_up=(inner, size), ffn_down=(size, inner))
    for layer in range(args.layers):  # all zero: they take time and change nothing
        for name in ("attn_norm", "ffn_norm"):
            w.add_tensor(f"blk.{layer}.{name}.weight", np.ones(size, np.float32))
        for name, shape in shapes.items():
            w.add_tensor(f"blk.{layer}.{name}.weight", np.zeros(shape, np.float16))
    for finish in (w.write_header_to_file, w.write_kv_data_to_file, w.write_tensors_to_file, w.close):
        finish()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", help="the .gguf file to write")
    parser.add_argument("--tools", action="store_true", help="begin most answers with a tool call; offer it tools")
    parser.add_argument("--think", action="store_true", help="begin every answer with a <think> block")
    parser.add_argument("--endless", action="store_true", help="never end an answer, nor a string in JSON")
    parser.add_argument("--layers", type=int, default=1, help="more layers make it slower (150: very slow)")
    parser.add_argument("--context", type=int, default=4096, help="the context length it says it was trained for")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another way of talking")
    write(parser.parse_args())
