#!/usr/bin/env python3
"""Writes a tiny vision projector, so that llama.cpp accepts pictures with the model of tiny_model.py.

usage: tiny_projector.py OUT.gguf WIDTH        (WIDTH: the embedding width of the model)

One layer of a SigLIP-like tower with random weights in front of a gemma3 projection: pictures of 56x56 points become a
few tokens of noise. The server says that the model sees; it does not, which is what makes it good for testing.
"""

import argparse

import gguf
import numpy as np

SIZE, PATCH, TOWER, HEADS, INNER = 56, 14, 64, 4, 128


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("width", type=int)
    args = parser.parse_args()
    dice = np.random.default_rng(7)

    def noise(*shape):
        return dice.normal(0, 0.02, shape).astype(np.float32)

    def full(value, *shape):
        return np.full(shape, value, np.float32)

    writer = gguf.GGUFWriter(args.out, "clip")
    writer.add_type("mmproj")
    writer.add_name("tiny-projector")
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_bool("clip.has_vision_encoder", True)
    writer.add_bool("clip.use_gelu", True)
    writer.add_string("clip.projector_type", "gemma3")
    figures = {
        "image_size": SIZE,
        "patch_size": PATCH,
        "embedding_length": TOWER,
        "feed_forward_length": INNER,
        "block_count": 1,
        "projection_dim": args.width,
        "attention.head_count": HEADS,
    }
    for key, value in figures.items():
        writer.add_uint32(f"clip.vision.{key}", value)
    writer.add_float32("clip.vision.attention.layer_norm_epsilon", 1e-6)
    for key in ("image_mean", "image_std"):
        writer.add_array(f"clip.vision.{key}", [0.5, 0.5, 0.5])

    tensors = {
        "v.patch_embd.weight": noise(TOWER, 3, PATCH, PATCH),
        "v.patch_embd.bias": full(0, TOWER),
        "v.position_embd.weight": noise((SIZE // PATCH) ** 2, TOWER),
        "v.post_ln.weight": full(1, TOWER),
        "v.post_ln.bias": full(0, TOWER),
        "v.blk.0.ffn_up.weight": noise(INNER, TOWER),
        "v.blk.0.ffn_up.bias": full(0, INNER),
        "v.blk.0.ffn_down.weight": noise(TOWER, INNER),
        "v.blk.0.ffn_down.bias": full(0, TOWER),
        "mm.input_projection.weight": noise(TOWER, args.width),
        "mm.soft_emb_norm.weight": full(1, TOWER),
    }
    for part in ("attn_q", "attn_k", "attn_v", "attn_out"):
        tensors[f"v.blk.0.{part}.weight"] = noise(TOWER, TOWER)
        tensors[f"v.blk.0.{part}.bias"] = full(0, TOWER)
    for part in ("ln1", "ln2"):
        tensors[f"v.blk.0.{part}.weight"] = full(1, TOWER)
        tensors[f"v.blk.0.{part}.bias"] = full(0, TOWER)
    for name, tensor in tensors.items():
        writer.add_tensor(name, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main()
