#!/usr/bin/env python3
"""Runs llama.cpp's own HTTP server on 127.0.0.1, with /slots, /props and /metrics on. Ends on SIGTERM or SIGINT.

Prints one line, `listening URL`, once it takes requests.
"""

import argparse
import signal

import xllamacpp

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("model", help="the .gguf file to serve")
parser.add_argument("port", type=int)
parser.add_argument("--context", type=int, default=4096, help="tokens of context, shared by all slots")
parser.add_argument("--parallel", type=int, default=2, help="slots: requests answered at the same time")
parser.add_argument("--alias", default="tiny", help="the name it is served under")
parser.add_argument("--key", action="append", default=[], help="a key that clients must show (repeatable)")
parser.add_argument("--mmproj", help="a projector .gguf, for a model that sees pictures")
args = parser.parse_args()

# Blocked before the server starts its threads, so that they inherit it and sigwait alone receives the signal.
signals = {signal.SIGTERM, signal.SIGINT}
signal.pthread_sigmask(signal.SIG_BLOCK, signals)

params = xllamacpp.CommonParams()
params.model.path = args.model
params.model_alias = {args.alias}
params.hostnames, params.port = ["127.0.0.1"], args.port
params.n_ctx, params.n_parallel = args.context, args.parallel
params.api_keys = args.key
params.n_batch = params.n_ubatch = 64  # a closed connection is noticed between batches: keep them short for slow models
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
params.use_jinja = params.endpoint_slots = params.endpoint_props = params.endpoint_metrics = True
if args.mmproj:
    params.mmproj.path = args.mmproj

server = xllamacpp.Server(params)
print("listening", server.listening_address, flush=True)
signal.sigwait(signals)
