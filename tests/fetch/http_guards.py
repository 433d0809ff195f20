#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a message names must not make us touch: schemes, addresses, redirects, credentials, TLS that is not believed."""

from yard import Nasty, differs, hang, main, response


def declare(plan, yard):
    secret = yard.web({"/": response(body=b"secret")})

    def redirect(to):
        return response("302 Found", fields=[f"Location: {to}"])

    def untouched(server, wrong):
        return wrong + ([f"{server.num_open} connections"] if server.num_open else [])

    @plan.add("D-REV-4 D-PATH-2", "loopback, by address and by name, is not connected")
    def _():
        server = yard.keep(Nasty(hang))
        wrong = []
        for host in ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0"):
            wrong += differs(yard.one("url", f"http://{host}:{server.port}/", private=False), "refused", "address")
        return untouched(server, wrong)

    @plan.add("D-REV-4", "private and link-local addresses are not connected")
    def _():
        wrong = []
        for host in ("10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fd00::1]", "[fe80::1]",
                     "[64:ff9b::a00:1]", "[2002:a00:1::]", "224.0.0.1"):
            wrong += differs(yard.one("url", f"http://{host}/latest/meta-data/", private=False), "refused", "address")
        return wrong

    @plan.add("D-REV-4", "other schemes are refused, whatever the case")
    def _():
        wrong = []
        for url in ("file:///etc/passwd", "FILE:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1:25/x", "dict://127.0.0.1/",
                    "smb://127.0.0.1/", "data:text/plain,x", "/etc/passwd", "", "ldapi://%2Frun%2Fslapd", "javascript:1"):
            wrong += differs(yard.one("url", url), "refused")
        return wrong

    @plan.add("D-REV-4", "credentials in a URL are not sent")
    def _():
        server = yard.keep(Nasty(hang))
        host = f"127.0.0.1:{server.port}"
        wrong = differs(yard.one("url", f"http://user:password@{host}/"), "refused", "credentials")
        wrong += differs(yard.one("url", f"http://user@{host}/"), "refused", "credentials")
        return untouched(server, wrong)

    @plan.add("D-REV-4", "blanks, line ends and backslashes in a URL are refused, and one without host")
    def _():
        server = yard.keep(Nasty(hang))
        wrong = []
        for tail in ("/ HTTP/1.1\r\nX: y", "/a b", "/\t", "\\@evil.example/", "/\x7f"):
            wrong += differs(yard.one("url", f"http://127.0.0.1:{server.port}{tail}"), "refused", "blanks")
        wrong += differs(yard.one("url", "http:///x"), "refused", "no host")
        wrong += differs(yard.one("url", "http:x"), "refused", "no host")
        return untouched(server, wrong)

    @plan.add("D-REV-4", "a URL beyond all measure is refused")
    def _():
        return differs(yard.one("url", secret.url("/" + "x" * 9000)), "refused", "longer")

    @plan.add("D-REV-4", "redirects to files and other schemes are not followed")
    def _():
        wrong = []
        for to in ("file:///etc/passwd", "FILE:///etc/passwd", "ftp://127.0.0.1/", f"gopher://127.0.0.1:{secret.port}/_GET",
                   f"ldap://127.0.0.1:{secret.port}/", f"scp://127.0.0.1:{secret.port}/"):
            web = yard.web({"/": redirect(to)})
            wrong += differs(yard.one("url", web.url()), "refused", "redirected")
        return untouched(secret, wrong)

    @plan.add("D-REV-4", "a redirect with credentials is not followed")
    def _():
        web = yard.web({"/": redirect(f"http://a:b@127.0.0.1:{secret.port}/")})
        return untouched(secret, differs(yard.one("url", web.url()), "refused", "credentials"))

    @plan.add("D-REV-4", "a proxy does not help a URL to a private address, before or after a redirect")
    def _():
        # The proxy may be anywhere: the rules name it. What a page says may not.
        proxy = yard.web({"http://public.example/": redirect("http://10.0.0.1/")})
        name = f"http://127.0.0.1:{proxy.port}"
        wrong = differs(yard.one("--proxy", name, "url", "http://127.0.0.1/", private=False), "refused", "loopback")
        wrong += [] if not proxy.seen else ["the proxy was asked"]
        wrong += differs(yard.one("--proxy", name, "url", "http://public.example/", private=False), "refused", "private")
        return wrong + ([] if len(proxy.seen) == 1 else [f"{len(proxy.seen)} requests"])

    @plan.add("D-REV-4", "a proxy of the environment's is not asked")
    def _():
        import os
        proxy = yard.keep(Nasty(hang))
        web = yard.web({"/": response(body=b"direct")})
        for name in ("http_proxy", "ALL_PROXY", "all_proxy"):
            os.environ[name] = f"http://127.0.0.1:{proxy.port}"
        try:
            return untouched(proxy, differs(yard.one("url", web.url()), "done", values=[("body", b"direct")]))
        finally:
            for name in ("http_proxy", "ALL_PROXY", "all_proxy"):
                del os.environ[name]

    @plan.add("D-REV-4", "TLS: believed under the CA of the rules; not under another, not for another host")
    def _():
        good, other = yard.certificate("good"), yard.certificate("other")
        elsewhere = yard.certificate("elsewhere", "DNS:elsewhere.example")
        web = yard.web({"/": response(body=b"tls")}, yard.context("good"))
        stray = yard.web({"/": response(body=b"tls")}, yard.context("elsewhere"))
        wrong = differs(yard.one("--ca", good, "url", web.url("/", "https")), "done", values=[("body", b"tls")])
        wrong += differs(yard.one("--ca", other, "url", web.url("/", "https")), "failed", "certificate")
        wrong += differs(yard.one("url", web.url("/", "https")), "failed", "certificate")
        wrong += differs(yard.one("--ca", elsewhere, "url", stray.url("/", "https")), "failed")
        return wrong + ([] if len(web.seen) == 1 and not stray.seen else ["a request was sent"])

    @plan.add("D-REV-4", "from https it goes to https only; from http to https it may")
    def _():
        ca = yard.certificate("tls")
        plain = yard.web({"/": response(body=b"plain")})
        tls = yard.web({"/": response(body=b"tls"), "/down": redirect(plain.url())}, yard.context("tls"))
        up = yard.web({"/": redirect(tls.url("/", "https")), "/down": redirect(tls.url("/down", "https"))})
        wrong = differs(yard.one("--ca", ca, "url", up.url()), "done", values=[("body", b"tls")], final_url=tls.url("/", "https"))
        wrong += differs(yard.one("--ca", ca, "url", tls.url("/down", "https")), "refused", "from https")
        wrong += differs(yard.one("--ca", ca, "url", up.url("/down")), "refused", "from https")
        return untouched(plain, wrong)


main(declare)
