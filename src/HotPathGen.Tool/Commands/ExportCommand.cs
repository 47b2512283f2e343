using System.CommandLine;
using System.Text;
using HotPathGen.Tool.Exports;
using HotPathGen.Tool.Exports.Html;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Commands;

internal static class ExportCommand
{
    public static Command Create()
    {
        var files = SnapshotArgument.Create();
        var format = new Option<string>("--format", "-f") { Description = "What to write.", Required = true };
        format.AcceptOnlyFromAmong("html", "pprof", "speedscope", "folded", "markdown", "csv");
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; standard output without it.", HelpName = "FILE" };
        var to = new Option<string[]>("--to")
        {
            Description = "html: the files to compare with; those given first are the base.", HelpName = "NEW", AllowMultipleArgumentsPerToken = true,
        };
        var by = new Option<string?>("--by") { Description = "folded, speedscope: what stacks are weighed by; time where there is a clock." };
        by.AcceptOnlyFromAmong("time", "bytes");
        var sites = new Option<bool>("--sites") { Description = "csv: a row a site instead of a row a method. folded, speedscope: sites as innermost frames, by bytes." };
        var command = new Command("export", "Writes snapshots in a format that other tools, browsers or people read; several are merged.") { files, format, output, to, by, sites };
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(format)!;
            string[] compared = parsed.GetValue(to) ?? [];
            var snapshot = SnapshotFiles.Merge(parsed.GetValue(files)!);
            if (compared.Length > 0 && name != "html")
                throw new InputException("--to", "", $"{name} holds one set of runs", "Compare with --format html, or with: dotnet hotpath diff BASE… --to NEW… --markdown.");
            if (parsed.GetValue(by) == "time" && snapshot.Process.Clock.IsNone)
                throw new InputException("--by time", "", "the snapshot has no time: it was taken with HOTPATH_CLOCK=none", "Say --by bytes, or measure with a clock.");
            var value = parsed.GetValue(by) == "bytes" || snapshot.Process.Clock.IsNone ? StackValue.Bytes : StackValue.Time;
            bool withSites = parsed.GetValue(sites);
            Write(parsed, parsed.GetValue(output), name, name switch
            {
                "html" => Encoding.UTF8.GetBytes(HtmlPage.Write(compared.Length == 0 ? new(snapshot) : new(snapshot, SnapshotFiles.Merge(compared)))),
                "pprof" => PprofProfile.Write(snapshot),
                "speedscope" => Encoding.UTF8.GetBytes(SpeedscopeFile.Write(snapshot, value, withSites)),
                "folded" => Encoding.UTF8.GetBytes(FoldedStacks.Write(snapshot, value, withSites)),
                "markdown" => Encoding.UTF8.GetBytes(MarkdownReport.Write(snapshot)),
                _ => Encoding.UTF8.GetBytes(withSites ? CsvTable.Sites(snapshot) : CsvTable.Methods(snapshot)),
            });
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(ParseResult parsed, string? file, string format, byte[] content)
    {
        if (file is not null)
            OutputFile.Write(file, stream => stream.Write(content));
        else if (format == "pprof")
            throw new InputException("--output", "", "pprof is a compressed file, which a terminal cannot show", "Name a file: -o profile.pb.gz.");
        else
            parsed.InvocationConfiguration.Output.Write(Encoding.UTF8.GetString(content));
    }
}
