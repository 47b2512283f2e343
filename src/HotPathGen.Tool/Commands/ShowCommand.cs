using System.CommandLine;
using HotPathGen.Tool.Reports;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Commands;

internal static class ShowCommand
{
    public static Command Create()
    {
        var files = SnapshotArgument.Create();
        var sort = new Option<string>("--sort")
        {
            Description = "The order of methods, the largest first. A tree goes by time where this does, else by bytes.",
            HelpName = "ORDER",
            DefaultValueFactory = static _ => "self-bytes",
        };
        sort.AcceptOnlyFromAmong([.. Selection.Orders.Keys]);
        var top = new Option<int?>("--top")
        {
            Description = "Rows of each table; 20 without it, of the sites below methods 10, of a tree and of --coverage 50.",
            HelpName = "N",
        }.From1();
        var filter = new Option<string>("--filter")
        {
            Description = "Only methods with this in their name, id, assembly or file; * stands for anything.",
            HelpName = "TEXT",
            DefaultValueFactory = static _ => "",
        };
        var functions = new Option<bool>("--functions")
        {
            Description = "Also the lambdas and local functions that take less than 1 % of all bytes and of all time.",
        };
        var sites = new Option<bool>("--sites") { Description = "Only the sites: which expressions allocate." };
        var advice = new Option<bool>("--advice") { Description = "Only what to do about the sites that allocate most, and what that saves." };
        var pooled = new Option<bool>("--pooled") { Description = "Only the pooled parameters." };
        var coverage = new Option<bool>("--coverage")
        {
            Description = "Only the hot methods that are not measured, not by site, or only to their first await, and why.",
        };
        var outliers = new Option<bool>("--outliers")
        {
            Description = "Only the calls that HOTPATH_SLOW or HOTPATH_LARGE had the program keep, the newest first, with what ran in them.",
        };
        var tree = new Option<string?>("--tree")
        {
            Description = "Only who calls METHOD and what it calls; without METHOD the whole tree.",
            HelpName = "METHOD",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var operations = new Option<bool>("--operations") { Description = "Only the operations: which requests and jobs allocate." };
        var operation = OperationOption.Create();
        var json = new Option<bool>("--json") { Description = "As JSON: raw figures, every column." };
        var markdown = new Option<bool>("--markdown") { Description = "As markdown." };
        var command = new Command("show", "Shows snapshots as tables; several are merged.")
        {
            files,
            sort,
            top,
            filter,
            functions,
            sites,
            advice,
            pooled,
            coverage,
            outliers,
            tree,
            operations,
            operation,
            json,
            markdown,
        };
        command.Validators.Add(result =>
        {
            Option[] tables = [sites, advice, pooled, coverage, outliers, tree, operations],
                formats = [json, markdown];
            if (
                new[] { tables, formats }.FirstOrDefault(options => options.Count(option => result.GetResult(option) is { Implicit: false }) > 1) is
                { } both
            )
            {
                result.AddError($"Only one of {string.Join(", ", both.Select(static option => option.Name))} can be given.");
            }
        });
        command.SetAction(parsed =>
        {
            var snapshot = OperationFilter.Of(SnapshotFiles.Merge(parsed.GetRequiredValue(files)), parsed.GetValue(operation));
            var selection = new Selection(
                parsed.GetRequiredValue(sort),
                parsed.GetValue(top),
                parsed.GetRequiredValue(filter),
                HasAllFunctions: parsed.GetValue(functions) || parsed.GetValue(json)
            );
            var report =
                parsed.GetResult(tree) is { Implicit: false }
                    ? new ShowReport(snapshot, CallTree.Of(snapshot, CallTree.Find(snapshot, parsed.GetValue(tree)), selection))
                : parsed.GetValue(sites) ? new(snapshot, [ShowReport.SitesOf(snapshot, selection)])
                : parsed.GetValue(advice) ? new(snapshot, [AdviceTable.Of(snapshot, selection)])
                : parsed.GetValue(pooled) ? new(snapshot, [ShowReport.PooledOf(snapshot, selection)])
                : parsed.GetValue(operations) ? new(snapshot, [ShowReport.OperationsOf(snapshot, selection)])
                : parsed.GetValue(coverage) ? new(snapshot, [CoverageTable.Of(snapshot, selection)])
                : parsed.GetValue(outliers) ? new(snapshot, [KeptCallTable.Of(snapshot, selection)])
                : ShowReport.Overview(snapshot, selection);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.Write(report.ToJson());
            }
            else if (parsed.GetValue(markdown))
            {
                output.Write(report.ToMarkdown());
            }
            else
            {
                report.Write(TableConsole.Of(output));
            }

            return ExitCode.Done;
        });
        return command.WithExamples(
            ("show hotpath", "all snapshots in the folder, merged"),
            ("show app.hotpath.json --sort self-time --top 50", "what takes the time"),
            ("show app.hotpath.json --sites --filter Parser", "where the methods of Parser allocate"),
            ("show app.hotpath.json --advice", "why they do, and what helps"),
            ("show app.hotpath.json --coverage", "what is not measured, or not line by line, and why"),
            ("show app.hotpath.json --outliers", "the last slow and large calls, if HOTPATH_SLOW or HOTPATH_LARGE was set"),
            ("show app.hotpath.json --tree Parser.Read", "who calls it and what it calls"),
            ("show app.hotpath.json --operations", "which requests and jobs allocate"),
            ("show app.hotpath.json --operation \"GET /orders/{id}\"", "which methods do in one of them"),
            ("show app.hotpath.json --json | jq '.methods[0]'", "for programs")
        );
    }
}
