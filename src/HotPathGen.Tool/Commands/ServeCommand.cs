using System.CommandLine;
using System.Globalization;
using System.Net;
using HotPathGen.Tool.Serving;

namespace HotPathGen.Tool.Commands;

internal static class ServeCommand
{
    public static Command Create()
    {
        var program = ProgramArgument.Create();
        program.Arity = ArgumentArity.ZeroOrOne;
        program.Description += " Without it, the only one that runs.";
        var port = new Option<int>("--port")
        {
            Description = "The port; 0 takes a free one.",
            HelpName = "N",
            DefaultValueFactory = static _ => ServeOptions.DefaultPort,
        };
        port.Validators.Add(result =>
        {
            if (
                result.Tokens.Count > 0
                && !(
                    int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                    && number <= IPEndPoint.MaxPort
                )
            )
            {
                result.AddError($"--port takes a number up to {IPEndPoint.MaxPort}, not '{result.Tokens[0].Value}'.");
            }
        });
        var listen = new Option<string>("--listen")
        {
            Description = "The address to listen on. Beyond loopback, clients need a token.",
            HelpName = "ADDRESS",
            DefaultValueFactory = static _ => "127.0.0.1",
        };
        listen.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && AddressOf(result.Tokens[0].Value) is null)
            {
                result.AddError($"--listen takes an address of this machine such as 127.0.0.1, ::1 or 0.0.0.0, not '{result.Tokens[0].Value}'.");
            }
        });
        var hosts = new Option<string[]>("--host")
        {
            Description = "A further name by which clients call this machine: requests for other names are refused.",
            HelpName = "NAME",
        };
        var token = new Option<string?>("--token")
        {
            Description = "The token that clients need. It is generated if it is needed and none is given.",
            HelpName = "TOKEN",
        };
        var tokenFile = new Option<string?>("--token-file")
        {
            Description = "A file with the token. Other users cannot see it in the list of processes.",
            HelpName = "FILE",
        };
        var command = new Command("serve", "Serves the live page, metrics and profiles of a running program over HTTP.")
        {
            program,
            port,
            listen,
            hosts,
            token,
            tokenFile,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(token) is { Implicit: false } && result.GetResult(tokenFile) is { Implicit: false })
            {
                result.AddError("--token and --token-file are for the same: give one.");
            }
        });
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var address = AddressOf(parsed.GetRequiredValue(listen))!;
                var known =
                    parsed.GetValue(token) is { } text ? Token.Of(text, "--token")
                    : parsed.GetValue(tokenFile) is { } file ? Token.OfFile(file)
                    : IPAddress.IsLoopback(address) ? null
                    : Token.Generate();
                var served = await ServedProgram.FindAsync(parsed.GetValue(program), cancellation);
                await using var server = await Server.StartAsync(
                    new(address, parsed.GetRequiredValue(port), known, parsed.GetValue(hosts) ?? []),
                    served,
                    cancellation
                );
                var output = parsed.InvocationConfiguration.Output;
                string process = served.Process is { } id ? FormattableString.Invariant($" ({id})") : ", which does not run yet";
                output.Write($"{server.Address} serves {VisibleText.Of(served.App)}{process}\n");
                if (known is { IsGenerated: true })
                {
                    output.Write($"token: {known.Text}\n");
                }

                output.Flush();
                await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(static _ => { }, TaskScheduler.Default);
                return ExitCode.Done;
            }
        );
        return command.WithExplanation(
            "It serves until Ctrl+C or SIGTERM. /: the page; /metrics: Prometheus; /debug/pprof/: profiles; /snapshot: the snapshot.",
            ("serve", "the only measured program, on http://127.0.0.1:6070/"),
            ("serve OrderService --port 9000", "by the name of the app: when it starts again, it is served again"),
            ("serve 1234 --listen 0.0.0.0 --token-file /run/secrets/hotpath", "for other machines, which need the token"),
            ("serve & go tool pprof http://127.0.0.1:6070/debug/pprof/allocs", "what was allocated, in pprof")
        );
    }

    private static IPAddress? AddressOf(string text) =>
        text == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) ? address
        : null;
}
