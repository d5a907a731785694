# SPDX-License-Identifier: MIT
"""The mistakes that mutate_derivatives.py makes, found in the tokens of a C++ file.

No parser: operators are told from pointers, templates and references by the spaces that clang-format sets around
them; an operand is an identifier, number or bracket with the calls, members and indices that follow it. What is
then no C++ does not compile, and counts as nothing.
"""
import collections
import re

Token = collections.namedtuple("Token", "kind text start end")
Mutation = collections.namedtuple("Mutation", "start end replacement what")

_TOKEN = re.compile(r"""(?P<skip>//[^\n]*|/\*.*?\*/|^[ \t]*\#[^\n]*|\s+)
    |(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    |(?P<number>\d[\w.]*(?:[eE][+-]?\d+)?)
    |(?P<name>[A-Za-z_]\w*)
    |(?P<sign>::|->|\+=|-=|\*=|/=|==|!=|<=|>=|&&|\|\||<<|\+\+|--|.)""", re.X | re.M | re.S)

_OPERATORS = {"+": "-", "-": "+", "*": "/", "/": "*", "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "==": "!=",
              "!=": "==", "<": "<=", ">": ">=", "<=": "<", ">=": ">", "&&": "||", "||": "&&"}
_OPPOSITE_COMPARISONS = {"<": ">", ">": "<", "<=": ">", ">=": "<"}
_NAMES = {"eq": "ne", "ne": "eq", "lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "min": "max", "max": "min",
          "minimum": "maximum", "maximum": "minimum", "sin": "cos", "cos": "sin", "sinh": "cosh", "cosh": "sinh",
          "tril": "triu", "triu": "tril", "floor": "ceil", "front": "back", "true": "false", "false": "true",
          "first": "last", "zeros_like": "ones_like", "ones_like": "zeros_like"}
_NUMBERS = {"0": ["1"], "1": ["0", "2"], "2": ["1"], "3": ["2"], "1.0": ["2.0"], "2.0": ["1.0"], "0.5": ["1.0"],
            "0.0": ["1.0"]}
_SWAPPED_CALLS = ("pow", "sub", "div", "atan2", "fmod", "remainder", "matmul", "mm", "bmm")
_OPENING, _CLOSING = "([{", ")]}"


def tokens_of(text):
    found = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "skip":
            found.append(Token(match.lastgroup, match.group(), match.start(), match.end()))
    return found


def mutations_of(text):
    """All mistakes in a file, in its order."""
    return sorted(_Finder(text).all(), key=lambda each: (each.start, each.end, each.what))


class _Finder:
    def __init__(self, text):
        self.text, self.tokens = text, tokens_of(text)
        self.partner = self._partners()

    def all(self):
        body = self._body()
        for i in range(*body):
            token = self.tokens[i]
            if token.kind == "sign":
                yield from self._of_sign(i)
            elif token.kind == "number":
                yield from self._of_number(i)
            elif token.kind == "name":
                yield from self._of_name(i)

    def _body(self):
        """Up to the table at the end, which only names kernels."""
        for i, token in enumerate(self.tokens):
            if token.text.startswith("install_") and self.tokens[i - 1].text == "void":
                return 0, i
        return 0, len(self.tokens)

    def _partners(self):
        partner, open_ = {}, []
        for i, token in enumerate(self.tokens):
            if token.kind == "sign" and token.text in _OPENING:
                open_.append(i)
            elif token.kind == "sign" and token.text in _CLOSING and open_:
                partner[i] = open_.pop()
                partner[partner[i]] = i
        return partner

    def _is(self, i, *texts):
        return 0 <= i < len(self.tokens) and self.tokens[i].text in texts

    def _ends_value(self, i):
        token = self.tokens[i]
        return (token.kind in ("name", "number") and token.text not in ("return", "case")
                or token.text in (")", "]"))

    def _is_spaced(self, i):
        token = self.tokens[i]
        return self.text[token.start - 1].isspace() and self.text[token.end].isspace()

    def _replace(self, i, replacement, what=None):
        token = self.tokens[i]
        return Mutation(token.start, token.end, replacement, what or f"{token.text} -> {replacement}")

    def _text(self, first, last):
        return self.text[self.tokens[first].start:self.tokens[last].end]

    # ---- Signs ----

    def _of_sign(self, i):
        text = self.tokens[i].text
        is_binary = text in _OPERATORS and self._is_spaced(i) and self._ends_value(i - 1)
        if is_binary:
            yield self._replace(i, _OPERATORS[text])
            if text in _OPPOSITE_COMPARISONS:
                yield self._replace(i, _OPPOSITE_COMPARISONS[text])
            if text in "*/":
                last = self._operand_after(i)
                yield Mutation(self.tokens[i].start, self.tokens[last].end, "", f"without {self._text(i, last)}")
            if text in "-/":
                yield from self._swapped(self._operand_before(i), i - 1, i + 1, self._operand_after(i))
        elif text == "-" and not self._ends_value(i - 1):
            yield self._replace(i, "", f"without - before {self.tokens[i + 1].text}")
        elif text == "!" and not self._ends_value(i - 1):
            yield self._replace(i, "", f"without ! before {self.tokens[i + 1].text}")

    def _operand_after(self, i):
        """The last token of the operand that begins behind token i."""
        i += 1
        while self._is(i, "-", "!", "*", "&"):
            i += 1
        i = self.partner.get(i, i)
        while True:
            if self._is(i + 1, ".", "->", "::"):
                i += 2
            elif self._is(i + 1, "(", "["):
                i = self.partner[i + 1]
            elif self._is(i + 1, "<") and not self._is_spaced(i + 1):
                while not self._is(i, ">"):
                    i += 1
            else:
                return i

    def _operand_before(self, i):
        """The first token of the operand that ends before token i."""
        i -= 1
        while True:
            if self._is(i, ")", "]"):
                i = self.partner[i]
                if self._is(i - 1, ">"):
                    while not self._is(i, "<"):
                        i -= 1
                if not (self.tokens[i - 1].kind == "name" and self.tokens[i - 1].text != "return"
                        or self._is(i - 1, ")", "]")):
                    return i
                i -= 1
            elif self._is(i - 1, ".", "->", "::"):
                i -= 2
            else:
                return i

    def _swapped(self, a, a_end, b, b_end):
        left, right = self._text(a, a_end), self._text(b, b_end)
        if left != right:
            between = self.text[self.tokens[a_end].end:self.tokens[b].start]
            yield Mutation(self.tokens[a].start, self.tokens[b_end].end, right + between + left,
                           f"swaps {left} and {right}")

    # ---- Numbers and names ----

    def _of_number(self, i):
        text = self.tokens[i].text
        if self._is(i - 1, "<"):  # std::get<0>
            return
        if self._is(i - 2, "needs") and self._is(i - 1, "("):
            other = "1" if text == "0" else "0"
            yield self._replace(i, other, f"needs({text}) -> needs({other})")
            return
        for other in _NUMBERS.get(text, []):
            yield self._replace(i, other)

    def _of_name(self, i):
        text = self.tokens[i].text
        is_call = self._is(i + 1, "(")
        is_declared = self.tokens[i - 1].kind == "name" and not self._is(i - 1, "return")
        if text in ("true", "false") or text in _NAMES and is_call and not is_declared and not self._is(i - 2, "op"):
            yield self._replace(i, _NAMES[text])
        if text == "neg" and is_call and not is_declared:
            if self._is(i - 1, "."):
                yield Mutation(self.tokens[i - 1].start, self.tokens[self.partner[i + 1]].end, "", "without .neg()")
            else:
                yield self._replace(i, "", "without neg")
        if text in _SWAPPED_CALLS and is_call and not is_declared:
            yield from self._swapped_arguments(i)

    def _swapped_arguments(self, i):
        """pow(a, b) -> pow(b, a), a.pow(b) -> b.pow(a)"""
        opening, closing = i + 1, self.partner[i + 1]
        commas, j = [], opening + 1
        while j < closing:
            j = self.partner[j] if self._is(j, *_OPENING) else j
            commas += [j] if self._is(j, ",") else []
            j += 1
        if self._is(i - 1, ".") and not commas and closing > opening + 1:
            first, name = self._operand_before(i - 1), self.tokens[i].text
            left, right = self._text(first, i - 2), self._text(opening + 1, closing - 1)
            if left != right:
                yield Mutation(self.tokens[first].start, self.tokens[closing].end, f"({right}).{name}({left})",
                               f"swaps {left} and {right} of {name}")
        elif len(commas) == 1 and not self._is(i - 1, "."):
            yield from self._swapped(opening + 1, commas[0] - 1, commas[0] + 1, closing - 1)
