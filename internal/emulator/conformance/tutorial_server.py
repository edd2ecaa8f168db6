# Copyright (c) The terraform-provider-vonage authors
# SPDX-License-Identifier: MPL-2.0

"""The webhook server that Vonage's tutorial "retrieve conversation details" asks for: it connects every caller with one
phone, and prints what the answer webhook is told. Like the tutorial's, it knows nothing of events."""

import json

from flask import Flask, jsonify, request

server = Flask(__name__)


@server.route("/webhooks/answer")
def connect():
    print(json.dumps(request.args.to_dict()), flush=True)
    return jsonify([{"action": "connect", "endpoint": [{"type": "phone", "number": "447700900222"}]}])


server.run(port=3000)
