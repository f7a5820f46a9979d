"""An HTTPS server on loopback, with a certificate that an authority of its own signed.

Its first line on standard output is {"port", "bundle"}, where `bundle` is the authority's file, or {"unavailable"},
where the TLS library cannot serve the version that is asked for. After each connection follows {"received"}: what the
client sent under TLS, which is empty where there was no handshake. It ends with its standard input.
"""

import argparse
import datetime
import json
import pathlib
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import warnings

CONFIGURATION = """
[req]
distinguished_name = name
prompt = no
[name]
commonName = copylint test authority
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[server]
basicConstraints = CA:FALSE
subjectAltName = {names}
[ca]
default_ca = default
[default]
certificate = authority.pem
private_key = authority.key
database = database
new_certs_dir = .
serial = serial
default_md = sha256
policy = policy
x509_extensions = server
[policy]
commonName = supplied
"""

KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]


def openssl(folder, *arguments):
    done = subprocess.run(
        ["openssl", *arguments], cwd=folder, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=30)
    if done.returncode != 0:
        sys.exit(f"openssl {arguments[0]}: {done.stderr}")


def day(offset):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=offset)
    return moment.strftime("%Y%m%d%H%M%SZ")


def make_certificates(folder, names, first_day, last_day):
    (folder / "configuration").write_text(CONFIGURATION.format(names=names))
    (folder / "database").touch()
    (folder / "serial").write_text("01\n")
    request = ["req", "-config", "configuration", *KEY]
    openssl(folder, *request, "-x509", "-extensions", "authority", "-keyout", "authority.key", "-out", "authority.pem")
    openssl(folder, *request, "-subj", "/CN=copylint test server", "-keyout", "server.key", "-out", "server.csr")
    openssl(
        folder, "ca", "-config", "configuration", "-batch", "-notext", "-in", "server.csr",
        "-out", "server.pem", "-startdate", day(first_day), "-enddate", day(last_day))


def make_context(folder, version):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    if version:
        limit(context, version)
    return context


def limit(context, version):
    # Level 0 is where OpenSSL 3 still has the versions before 1.2.
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion[version]


def can_serve(server_context, version):
    """Whether a client that has nothing but this version gets through to the server, in memory."""
    client_context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client_context.check_hostname = False
    client_context.verify_mode = ssl.CERT_NONE
    limit(client_context, version)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = client_context.wrap_bio(to_client, to_server)
    server = server_context.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(4):
        for end in (client, server):
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError:
                return False
    return client.version() is not None and client.version() == server.version()


def answer(connection, context):
    """Answers one request; returns it, or what there was of it."""
    received = b""
    try:
        with context.wrap_socket(connection, server_side=True) as secured:
            while b"\r\n\r\n" not in received:
                part = secured.recv(65536)
                if not part:
                    break
                received += part
            secured.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nover TLS\n")
    except OSError:  # ssl.SSLError is one.
        pass
    return received


def say(**line):
    print(json.dumps(line), flush=True)


def serve(listener, context):
    while True:
        connection, _ = listener.accept()
        connection.settimeout(20)
        say(received=answer(connection, context).decode("latin-1"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--names", default="IP:127.0.0.1")
    parser.add_argument("--first-day", type=int, default=-1)
    parser.add_argument("--last-day", type=int, default=1)
    parser.add_argument("--version", choices=["SSLv3", "TLSv1", "TLSv1_1", "TLSv1_2", "TLSv1_3"])
    options = parser.parse_args()
    # Whatever else goes wrong, no test waits for longer than this; a busy machine takes a minute over its next step.
    signal.alarm(300)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_certificates(folder, options.names, options.first_day, options.last_day)
        version = options.version
        if version and not (getattr(ssl, f"HAS_{version}") and can_serve(make_context(folder, version), version)):
            say(unavailable=f"{ssl.OPENSSL_VERSION} does not serve {version}")
            return
        context = make_context(folder, version)
        listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=serve, args=(listener, context), daemon=True).start()
        say(port=listener.getsockname()[1], bundle=str(folder / "authority.pem"))
        sys.stdin.buffer.read()


main()
