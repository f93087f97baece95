"""The phone in real Chromium against a real server: pages and servers are killed, lines break, nothing is lost.

Slow by nature, so the files are spread over processes; each makes one phone, one line and one server and kills them.
"""
