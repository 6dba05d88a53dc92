"""The shells: how each asks for completions and is answered, and the script that makes it ask.

Bash, zsh and fish as click has them. For PowerShell (Windows PowerShell 5.1 and PowerShell 7) a protocol of our
own: the words come one on each line, as PowerShell itself has understood them, so that a path with backslashes or
spaces is whole; each answer is a line ``type<TAB>value<TAB>help`` in UTF-8.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from click.shell_completion import (
    BashComplete,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SKALL: Final = ("bash", "zsh", "fish", "powershell")
VARIABEL: Final = "_OPPFOLGING_COMPLETE"
"""The environment variable click looks for, made of the program's name."""

_POWERSHELL: Final = """\
# Completion of %(prog_name)s in PowerShell 5.1 and 7. Made by the program; ASCII only, as 5.1 wants it.
Register-ArgumentCompleter -Native -CommandName '%(prog_name)s', '%(prog_name)s.exe' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $elements = @($commandAst.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursorPosition })
    if ($elements.Count -eq 0) { $elements = @($commandAst.CommandElements) }
    $words = @(
        $elements |
            ForEach-Object {
                if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value }
                else { $_.Extent.Text }
            }
    )
    if ($wordToComplete -eq '') { $words += '' }
    $saved = $env:%(complete_var)s, $env:COMP_WORDS, [Console]::OutputEncoding
    try {
        $env:%(complete_var)s = 'powershell_complete'
        $env:COMP_WORDS = $words -join "`n"
        try { [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false } catch { }
        $answers = @(& '%(prog_name)s' 2>$null)
    } finally {
        $env:%(complete_var)s = $saved[0]
        $env:COMP_WORDS = $saved[1]
        try { [Console]::OutputEncoding = $saved[2] } catch { }
    }
    foreach ($answer in $answers) {
        $kind, $value, $text = $answer -split "`t", 3
        if ($kind -eq 'plain') {
            if (-not $text) { $text = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $text)
        } elseif ($kind) {
            [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete) |
                Where-Object { $kind -eq 'file' -or $_.ResultType -eq 'ProviderContainer' }
        }
    }
}
"""

_ZSH_FIRST: Final = """\
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
"""


class Bash(BashComplete):
    """Bash 4.4 and later, without asking which bash there is: the script may be for another machine."""

    def source(self) -> str:
        """Return the script."""
        return ShellComplete.source(self)

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one being typed, and that one; bash makes three words of `--rutine=egen`."""
        args, incomplete = super().get_completion_args()
        if incomplete == "=":
            incomplete = ""
        elif args and args[-1] == "=":
            args.pop()
        return args, incomplete


class _WholeWord(ShellComplete):
    """Shells that replace the whole word, so that the answer to `--rutine=egen` must begin with the option."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        """Return the suggestions."""
        found = super().get_completions(args, incomplete)
        option, equals, _value = incomplete.partition("=")
        if equals and option.startswith("--"):
            for item in found:
                item.value = f"{option}={item.value}" if item.type == "plain" else item.value
        return found


class Fish(_WholeWord, FishComplete):
    """Fish."""


class Zsh(_WholeWord, ZshComplete):
    """Zsh; the script also works where completion has not been turned on before it."""

    def source(self) -> str:
        """Return the script; `#compdef` must stay its first line."""
        first, _newline, rest = super().source().partition("\n")
        return f"{first}\n\n{_ZSH_FIRST}{rest}"


class PowerShell(_WholeWord):
    """PowerShell on Windows, macOS and Linux."""

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one being typed, and that one."""
        words = os.environ.get("COMP_WORDS", "").splitlines() if os.environ.get("COMP_WORDS") else []
        if os.environ.get("COMP_WORDS", "").endswith("\n"):
            words.append("")
        return words[1:-1], words[-1] if len(words) > 1 else ""

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return the line PowerShell reads; a tab or a line break in a help text would be read as more."""
        text = " ".join((item.help or "").split())
        return f"{item.type}\t{item.value}\t{text}"


def register() -> None:
    """Make click use these for the shells' questions."""
    for shell in (Bash, Zsh, Fish, PowerShell):
        add_completion_class(shell)


def script(skall: str, program: str = "oppfolging") -> str:
    """Return the script for a shell; lines end in LF on every system (PowerShell reads both)."""
    import click

    made: dict[str, type[ShellComplete]] = {"bash": Bash, "zsh": Zsh, "fish": Fish, "powershell": PowerShell}
    return made[skall](click.Command(program), {}, program, VARIABEL).source()
