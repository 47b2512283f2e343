using System.CommandLine;

namespace HotPathGen.Tool.Commands;

/// <summary>Completion scripts. They ask the tool itself what can come next, with System.CommandLine's [suggest] directive.</summary>
internal static class CompletionCommand
{
    // Bash 3.2, the version of macOS, has no mapfile. Where no option is begun, file names are completed.
    private const string Bash = """
        _dotnet_hotpath() {
            local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}" line="${COMP_LINE:0:COMP_POINT}"
            line="${line#* }"
            COMPREPLY=($(dotnet-hotpath "[suggest:${#line}]" "$line" 2>/dev/null))
            [[ "$word" == -* ]] || COMPREPLY+=($(compgen -f -- "$word"))
        }
        complete -o filenames -F _dotnet_hotpath dotnet-hotpath

        """;

    private const string Zsh = $"autoload -Uz bashcompinit && bashcompinit\n{Bash}";

    private const string Fish = """
        complete -c dotnet-hotpath -a '(set -l line (string replace -r "^\\S+ ?" "" -- (commandline -cp)); dotnet-hotpath "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'

        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName dotnet-hotpath -ScriptBlock {
            param($word, $tree, $position)
            $line = $tree.ToString().PadRight($position).Substring(0, $position) -replace '^\S+ ?', ''
            dotnet-hotpath "[suggest:$($line.Length)]" $line 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }

        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion", "Prints a script that completes commands and options of dotnet-hotpath.") { shell };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(
                parsed.GetRequiredValue(shell) switch
                {
                    "bash" => Bash,
                    "zsh" => Zsh,
                    "fish" => Fish,
                    _ => PowerShell,
                }
            );
            return ExitCode.Done;
        });
        return command.WithExamples(
            ("completion bash >> ~/.bashrc", "for bash"),
            ("completion zsh >> ~/.zshrc", "for zsh"),
            ("completion pwsh >> $PROFILE", "for PowerShell")
        );
    }
}
