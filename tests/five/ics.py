"""Reads a calendar back, by the same rule it is written by."""

from __future__ import annotations

Property = tuple[str, dict[str, str], str]


def read_back(text: str) -> tuple[dict[str, str], list[dict[str, Property]]]:
    """The properties of the calendar, and of each of its events."""
    assert text.endswith("\r\n")
    physical = text[:-2].split("\r\n")
    assert not any("\n" in line or "\r" in line for line in physical)
    assert all(len(line.encode()) <= 75 for line in physical)
    lines: list[str] = []
    for line in physical:
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    head: dict[str, str] = {}
    events: list[dict[str, Property]] = []
    inside: dict[str, Property] | None = None
    for line in lines[1:-1]:
        if line == "BEGIN:VEVENT":
            assert inside is None
            inside = {}
        elif line == "END:VEVENT":
            assert inside is not None
            events.append(inside)
            inside = None
        elif inside is None:
            name, _, value = line.partition(":")
            head[name.partition(";")[0]] = unescaped(value)
        else:
            before, _, value = line.partition(":")
            name, *params = before.split(";")
            assert name not in inside, f"{name} twice"
            known = dict(param.split("=", 1) for param in params)
            inside[name] = (name, known, unescaped(value))
    assert inside is None
    return head, events


def unescaped(value: str) -> str:
    """What was meant: \\n, \\,, \\; and \\\\ as themselves."""
    said, signs = "", iter(value)
    for sign in signs:
        if sign != "\\":
            said += sign
            continue
        marked = next(signs)
        assert marked in "nN,;\\", f"\\{marked} is no escape"
        said += "\n" if marked in "nN" else marked
    return said
