using System.CommandLine;
using System.Text;
using HotPathGen.Tool.Comparison;
using HotPathGen.Tool.Exports;
using HotPathGen.Tool.Exports.Html;
using HotPathGen.Tool.Reports;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Commands;

internal static class ExportCommand
{
    public static Command Create()
    {
        var files = SnapshotArgument.Create();
        var format = new Option<string>("--format", "-f") { Description = "What to write.", Required = true };
        format.AcceptOnlyFromAmong("html", "pprof", "speedscope", "folded", "markdown", "csv", "parquet");
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; standard output without it.", HelpName = "FILE" };
        var to = new Option<string[]>("--to")
        {
            Description = "html, markdown: what to compare with; what is given first is the base.",
            HelpName = "NEW",
            AllowMultipleArgumentsPerToken = true,
        };
        var by = new Option<string?>("--by")
        {
            Description = "folded, speedscope: what stacks are weighed by; time where there is a clock, bytes with --sites.",
        };
        by.AcceptOnlyFromAmong("time", "bytes");
        var sites = new Option<bool>("--sites")
        {
            Description = "csv: a row a site instead of a row a method. folded, speedscope: sites as innermost frames of bytes.",
        };
        var operation = OperationOption.Create();
        var operations = new Option<bool>("--operations") { Description = "csv: a row an operation instead of a row a method." };
        var command = new Command(
            "export",
            "Writes snapshots in a format that other tools, browsers or people read; several are merged, but not for parquet."
        )
        {
            files,
            format,
            output,
            to,
            by,
            sites,
            operation,
            operations,
        };
        command.Validators.Add(result =>
        {
            string name = result.GetValue(format) ?? "";
            Only(to, "html", "markdown");
            Only(by, "folded", "speedscope");
            Only(sites, "csv", "folded", "speedscope");
            Only(operations, "csv");
            Never(sites, operation);
            Never(operations, operation);
            Never(sites, operations);
            Never(to, operation);

            void Never(Option one, Option other)
            {
                if (result.GetResult(one) is { Implicit: false } && result.GetResult(other) is { Implicit: false })
                {
                    result.AddError($"{one.Name} cannot be given with {other.Name}.");
                }
            }

            void Only(Option option, params string[] formats)
            {
                if (result.GetResult(option) is { Implicit: false } && name.Length > 0 && !formats.Contains(name))
                {
                    result.AddError($"{option.Name} is for {string.Join(", ", formats)}; {name} has no use for it.");
                }
            }
        });
        command.SetAction(parsed =>
        {
            string[] given = parsed.GetRequiredValue(files),
                compared = parsed.GetValue(to) ?? [];
            if (parsed.GetRequiredValue(format) == "parquet")
            {
                string file = parsed.GetValue(output) ?? throw NeedsFile("parquet", "is a table of columns", "hotpath.parquet");
                OutputFile.Write(file, stream => ParquetFile.Write(stream, SnapshotFiles.Expand(given)));
                return ExitCode.Done;
            }

            var snapshot = OperationFilter.Of(SnapshotFiles.Merge(given), parsed.GetValue(operation));
            bool withSites = parsed.GetValue(sites);
            var value = parsed.GetValue(by) switch
            {
                "bytes" => StackValue.Bytes,
                "time" when snapshot.Process.Clock.IsNone => throw new InputException(
                    "--by time",
                    "",
                    "the snapshot has no time: it was taken with HOTPATH_CLOCK=none",
                    "Say --by bytes, or measure with a clock."
                ),
                "time" => StackValue.Time,
                _ => withSites || snapshot.Process.Clock.IsNone ? StackValue.Bytes : StackValue.Time,
            };
            string name = parsed.GetRequiredValue(format);
            Write(
                parsed,
                parsed.GetValue(output),
                name,
                name switch
                {
                    "html" => Text(HtmlPage.Write(compared.Length == 0 ? new(snapshot) : new(snapshot, SnapshotFiles.Merge(compared), Comparison()))),
                    "markdown" => Text(
                        ReportMarkdown.Print(
                            compared.Length == 0 ? SnapshotReport.Of(snapshot) : ComparisonReport.Of(Comparison()),
                            SnapshotReport.MostRows
                        )
                    ),
                    "pprof" => PprofProfile.Write(snapshot),
                    "speedscope" => Text(SpeedscopeFile.Write(snapshot, value, withSites)),
                    "folded" => Text(FoldedStacks.Write(snapshot, value, withSites)),
                    _ => Text(
                        CsvTable.Of(
                            withSites ? SiteTable.OfAll(snapshot)
                            : parsed.GetValue(operations) ? OperationTable.Of(snapshot)
                            : MethodTable.Of(snapshot, snapshot.Methods)
                        )
                    ),
                }
            );
            return ExitCode.Done;

            SnapshotComparison Comparison() => SnapshotComparison.Of(RunSet.Read(given), RunSet.Read(compared));
        });
        return command.WithExamples(
            ("export hotpath -f html -o report.html", "a page to look at and to pass on: tables, graph, histograms, source"),
            ("export before -f html --to after -o compared.html", "the same page with what changed"),
            ("export hotpath -f pprof -o profile.pb.gz", "then: go tool pprof -http=: -sample_index=alloc_space profile.pb.gz"),
            ("export hotpath -f speedscope -o profile.speedscope.json", "to be dropped on speedscope's page"),
            ("export hotpath -f folded --by bytes | flamegraph.pl > bytes.svg", "for any program that reads folded stacks"),
            ("export hotpath -f markdown >> $GITHUB_STEP_SUMMARY", "a comment or a summary of a CI run"),
            ("export hotpath -f folded --operation import > import.folded", "the stacks of one operation"),
            ("export hotpath -f csv --sites -o sites.csv", "for a spreadsheet"),
            ("export fleet -f parquet -o fleet.parquet", "a row a method, site or context of each snapshot, for DuckDB and the like")
        );
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static void Write(ParseResult parsed, string? file, string format, byte[] content)
    {
        if (file is not null)
        {
            OutputFile.Write(file, stream => stream.Write(content));
        }
        else if (format == "pprof")
        {
            throw NeedsFile("pprof", "is a compressed file", "profile.pb.gz");
        }
        else
        {
            parsed.InvocationConfiguration.Output.Write(Encoding.UTF8.GetString(content));
        }
    }

    private static InputException NeedsFile(string format, string what, string example) =>
        new("--output", "", $"{format} {what}, which a terminal cannot show", $"Name a file: -o {example}.");
}
