"""Serves the operations of a subject module: {operation, args, digest?} in, {seconds, cpu} or {digest} out, one JSON line each.

An operation is a dict of functions: prepare(args), reset(args), run(args, state), digest(result); only run is timed; cpu is that of all threads.
"""

import contextlib
import gc
import importlib
import json
import sys
import time
import traceback

operations = importlib.import_module(sys.argv[1]).operations
prepared = {}


def answer(request):
    operation = operations[request["operation"]]
    args = request["args"]
    key = json.dumps([request["operation"], args])
    if key not in prepared:
        prepared[key] = operation["prepare"](args) if "prepare" in operation else None
    if "reset" in operation:
        operation["reset"](args)
    gc.collect()
    start, cpu_start = time.perf_counter(), time.process_time()
    result = operation["run"](args, prepared[key])
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu_start
    return {"digest": operation["digest"](result)} if request.get("digest") else {"seconds": seconds, "cpu": cpu}


replies = sys.stdout
print(json.dumps({"ready": True}), file=replies, flush=True)
with contextlib.redirect_stdout(sys.stderr):
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line))
        except Exception:
            reply = {"error": traceback.format_exc()}
        print(json.dumps(reply), file=replies, flush=True)
