"""Connect a test to a Jupyter kernel: translate between JSON lines and jupyter_client's messages over libzmq.

Each line of stdin is a message to send: {"channel", "type", "id", "content", "parent", "forged", "times"}. Each message
that arrives becomes a line of stdout.
"""

import json
import sys
import threading

import zmq
from jupyter_client.session import Session

with open(sys.argv[1]) as file:
    info = json.load(file)
session = Session(key=info["key"].encode(), signature_scheme=info["signature_scheme"])
forger = Session(key=b"not the key", session=session.session)
context = zmq.Context()


def connect(name, socket_type):
    socket = context.socket(socket_type)
    socket.linger = 1000
    if socket_type == zmq.DEALER:
        socket.identity = session.bsession
    if socket_type == zmq.SUB:
        socket.subscribe(b"")
    socket.connect("tcp://%s:%d" % (info["ip"], info[name + "_port"]))
    return socket


sockets = {name: connect(name, zmq.DEALER) for name in ("shell", "control", "stdin")}
sockets["iopub"] = connect("iopub", zmq.SUB)
sockets["hb"] = connect("hb", zmq.REQ)
commands = context.socket(zmq.PULL)
commands.bind("inproc://commands")


def forward_stdin():
    socket = context.socket(zmq.PUSH)
    socket.connect("inproc://commands")
    for line in sys.stdin:
        socket.send_string(line)
    socket.send_string("null")


threading.Thread(target=forward_stdin, daemon=True).start()
poller = zmq.Poller()
for socket in [commands, *sockets.values()]:
    poller.register(socket, zmq.POLLIN)


def send(command):
    socket = sockets[command["channel"]]
    if command["channel"] == "hb":
        return socket.send_string(command["type"])
    signer = forger if command.get("forged") else session
    message = signer.msg(command["type"], command["content"], parent=command.get("parent"))
    message["header"]["msg_id"] = message["msg_id"] = command["id"]
    frames = signer.serialize(message)
    for _ in range(command.get("times", 1)):
        socket.send_multipart(frames)


def print_line(**fields):
    print(json.dumps(fields, default=str), flush=True)


print_line(channel="bridge", session=session.session)
while True:
    for socket, _ in poller.poll():
        if socket is commands:
            command = json.loads(commands.recv_string())
            if command is None:
                sys.exit()
            send(command)
            continue
        name = next(name for name in sockets if sockets[name] is socket)
        if name == "hb":
            print_line(channel=name, content={"text": socket.recv_string()}, type="", parent={}, metadata={}, header={})
            continue
        _, frames = session.feed_identities(socket.recv_multipart())
        message = session.deserialize(frames, content=True)
        print_line(
            channel=name,
            type=message["msg_type"],
            header=message["header"],
            parent=message["parent_header"],
            metadata=message["metadata"],
            content=message["content"],
        )
