"""What a shell runs to complete commands, options and paths."""

import os
from typing import Any

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)

VARIABLE = "_ARTICLECLI_COMPLETE"
POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $line, $cursor)
    $env:COMP_WORDS = $line.ToString()
    $env:COMP_WORD = $word
    $env:%(complete_var)s = "powershell_complete"
    %(prog_name)s | ForEach-Object {
        $kind, $value, $help = $_ -split "`t", 3
        if ($kind -eq "plain") {
            [System.Management.Automation.CompletionResult]::new($value, $value, "ParameterValue",
                $(if ($help) { $help } else { $value }))
        } else {
            [System.Management.Automation.CompletionCompleters]::CompleteFilename($word)
        }
    }
    Remove-Item Env:COMP_WORDS, Env:COMP_WORD, Env:%(complete_var)s
}
"""


class PowerShellComplete(ShellComplete):
    """PowerShell, which Click itself does not know."""

    name = "powershell"
    source_template = POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor, and the one under it."""
        words, word = (
            split_arg_string(os.environ["COMP_WORDS"])[1:],
            os.environ.get("COMP_WORD", ""),
        )
        return (words[:-1] if word and words and words[-1] == word else words), word

    def format_completion(self, item: CompletionItem) -> str:
        """Kind, value and help, separated by tabs."""
        return f"{item.type}\t{item.value}\t{item.help or ''}"


SHELLS: dict[str, type[ShellComplete]] = {
    "bash": BashComplete,
    "zsh": ZshComplete,
    "fish": FishComplete,
    "powershell": PowerShellComplete,
}


def register_powershell() -> None:
    """Let Click answer PowerShell too."""
    add_completion_class(PowerShellComplete)


def script_of(shell: str, group: Any) -> str:
    """What a shell reads to complete the command."""
    found = SHELLS[shell](group, {}, "articlecli", VARIABLE)
    return ShellComplete.source(found)  # Bash's own would start a shell to ask for its version
