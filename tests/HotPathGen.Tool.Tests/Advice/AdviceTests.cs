using HotPathGen.Causes;
using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Tests.Data;
using HotPathGen.Tool.Tests.Exports;

namespace HotPathGen.Tool.Tests.Advice;

[TestFixture]
public sealed class AdviceTests
{
    [Test]
    public void Says_cause_cost_and_remedy_of_what_allocates_most() =>
        Verified.Verify(ToolRun.Of("show", RecordedSnapshot.DocSearch, "--advice", "--top", "12").MustSucceed(), "Advice");

    [Test]
    public void Says_it_in_markdown_and_JSON_too()
    {
        Assert.That(
            ToolRun.Of("show", RecordedSnapshot.DocSearch, "--advice", "--top", "1", "--markdown").MustSucceed(),
            Does.Contain("\n- doubling growth by \\`Dictionary.this\\` at Tally.cs:15: 399 B × 553,587 = 221 MB, 12.4 % of all: ")
        );
        Assert.That(
            ToolRun.Of("show", RecordedSnapshot.DocSearch, "--advice", "--top", "2", "--json").MustSucceed(),
            Does.Contain("\"kind\": \"growth\"").And.Contain("\"savedBytes\": ")
        );
        Assert.That(ToolRun.Of("export", RecordedSnapshot.DocSearch, "-f", "markdown").MustSucceed(), Does.Contain("take a span of it with AsSpan"));
    }

    [Test]
    public void The_sentence_is_as_the_figures_are()
    {
        var recorded = MadeSnapshot.Recorded;
        var method = recorded.Methods.First(static m => m.Sites is not null);
        var boxing = method.Sites![0] with
        {
            Line = 12,
            Kind = SiteKind.Boxing,
            Type = "int",
            Text = "x",
            Hits = 600_000,
            AllocatingHits = 600_000,
            Bytes = 14_400_000,
            MaxBytes = 24,
        };
        var snapshot = recorded with
        {
            Methods =
            [
                method with
                {
                    File = "src/Order.cs",
                    Sites = [boxing],
                    SiteScale = 2,
                    Allocated = method.Allocated with { SelfBytes = 93_000_000 },
                },
            ],
            Contexts = [],
        };
        using var folder = new TemporaryFolder();

        string shown = ToolRun.Of("show", MadeSnapshot.Write(folder, snapshot), "--advice").MustSucceed();

        Assert.That(
            string.Join(' ', shown.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)),
            Does.Contain(
                "boxing of `int` at Order.cs:12: 24 B × 1.20 M = 28.8 MB, 31 % of all: make the parameter generic, or call an overload that "
                    + "takes the value as it is"
            )
        );
    }

    [TestCase("object", "Regex", "parses its pattern", "[GeneratedRegex]")]
    [TestCase("object", "JsonSerializerOptions", "metadata", "static readonly")]
    [TestCase("call", "Enum.Parse", "repeated parsing by `Enum.Parse`", "parse once")]
    [TestCase("call", "Int32.Parse", "repeated parsing by `Int32.Parse`", "parse once")]
    [TestCase("call", "DateTime.TryParseExact", "repeated parsing by `DateTime.TryParseExact`", "parse once")]
    [TestCase("call", "JsonSerializer.Deserialize", "repeated parsing by `JsonSerializer.Deserialize`", "parse once")]
    [TestCase("call", "Enum.GetNames", "reflection, `Enum.GetNames`", "look it up once")]
    [TestCase("reflection", "Type.GetMethod", "reflection, `Type.GetMethod`", "look it up once")]
    [TestCase("call", "Regex.Match", "regular expression by `Regex.Match`", "[GeneratedRegex]")]
    public void Reflection_and_repeated_parsing_are_named(string kind, string type, string name, string remedy)
    {
        var cause = Cause.Of((SiteKind)Words.NumberOf(kind, Words.SiteKinds), type);
        Assert.That(cause.Name, Does.Contain(name));
        Assert.That(cause.Remedy, Does.Contain(remedy));
    }

    [TestCase("object", "XmlSerializer", "reflects over its type", "make it once")]
    [TestCase("object", "System.Text.RegularExpressions.Regex", "parses its pattern", "make it once")]
    [TestCase("object", "Order", "new `Order`", "keep one")]
    [TestCase("anonymous object", "", "anonymous object", "use a tuple")]
    [TestCase("exception", "", "exceptions", "answer with a result")]
    [TestCase("array", "", "new array", "[Pooled]")]
    [TestCase("collection expression", "List<int>", "new `List<int>`", "keep one")]
    [TestCase("params array", "object[]", "array for params `object[]`", "params ReadOnlySpan<T>")]
    [TestCase("delegate", "Action", "delegate `Action`", "make the lambda static")]
    [TestCase("state machine", "", "state machine", "ValueTask")]
    [TestCase("LINQ", "Enumerable.Where", "LINQ, `Enumerable.Where`", "write the loop")]
    [TestCase("call", "String.Split", "parts of a string by `String.Split`", "MemoryExtensions.Split")]
    [TestCase("call", "String.ToCharArray", "copy of a string by `String.ToCharArray`", "AsSpan")]
    [TestCase("call", "String.Replace", "new string by `String.Replace`", "a span of the caller's")]
    [TestCase("call", "Regex.Replace", "call of `Regex.Replace`", "keep its result")]
    [TestCase("call", "", "call of something", "if it is yours")]
    [TestCase("call", "Func.Invoke", "what a delegate runs, by `Func.Invoke`", "let it run a method that is marked")]
    [TestCase(
        "call",
        "ConcurrentDictionary.Values",
        "copy under all of its locks by `ConcurrentDictionary.Values`",
        "enumerate the dictionary itself"
    )]
    [TestCase("call", "ConcurrentDictionary.Keys", "copy under all of its locks", "enumerate the dictionary itself")]
    [TestCase("call", "ConcurrentDictionary.ToArray", "copy under all of its locks", "enumerate the dictionary itself")]
    [TestCase("call", "ConcurrentDictionary.Count", "wait for all of its locks by `ConcurrentDictionary.Count`", "IsEmpty")]
    [TestCase("call", "ConcurrentQueue.ToArray", "copy by `ConcurrentQueue.ToArray`", "enumerate the collection itself")]
    [TestCase("call", "ConcurrentBag.ToArray", "copy under all of its locks", "TryTake")]
    [TestCase("enumerator", "ConcurrentBag<int>", "copy under all of its locks by an enumerator of `ConcurrentBag<int>`", "TryTake")]
    [TestCase("enumerator", "System.Collections.Concurrent.ConcurrentDictionary<string, int>", "enumerator of", "less often")]
    [TestCase("enumerator", "IEnumerable<int>", "enumerator of `IEnumerable<int>`", "by its own type")]
    [TestCase("growth", "LinkedList.AddLast", "node by `LinkedList.AddLast`", "List or Queue")]
    [TestCase("growth", "ImmutableList.Add", "copy for a change by `ImmutableList.Add`", "builder")]
    [TestCase("growth", "ConcurrentDictionary.GetOrAdd", "node by", "keep the entry")]
    [TestCase("growth", "List.Add", "growth by `List.Add`", "its capacity")]
    [TestCase("call", "UTF8Encoding.GetBytes", "new array by `UTF8Encoding.GetBytes`", "span of the caller's")]
    [TestCase("call", "Encoding.GetString", "new string by", "u8")]
    [TestCase("call", "File.ReadAllText", "a whole file by `File.ReadAllText`", "buffer that is kept")]
    [TestCase("call", "MemoryStream.ToArray", "copy by `MemoryStream.ToArray`", "TryGetBuffer")]
    [TestCase("call", "List.ToArray", "copy of a list by", "CollectionsMarshal.AsSpan")]
    [TestCase("call", "Stack.ToArray", "copy by `Stack.ToArray`", "CopyTo")]
    [TestCase("call", "Enum.GetValues", "reflection, `Enum.GetValues`", "look it up once")]
    [TestCase("reflection", "Type.GetMethods", "reflection, `Type.GetMethods`", "look it up once")]
    [TestCase("reflection", "MethodBase.Invoke", "reflection, `MethodBase.Invoke`", "CreateDelegate")]
    [TestCase("call", "Process.GetCurrentProcess", "objects for what the system knows by", "Environment.ProcessId")]
    [TestCase("call", "Process.GetProcesses", "objects for what the system knows by", "keep the Process")]
    [TestCase("call", "LoggerExtensions.LogInformation", "arguments of a message", "[LoggerMessage]")]
    public void Each_cause_has_its_remedy(string kind, string type, string name, string remedy)
    {
        var cause = Cause.Of((SiteKind)Words.NumberOf(kind, Words.SiteKinds), type);
        Assert.That(cause.Name, Does.Contain(name));
        Assert.That(cause.Remedy, Does.Contain(remedy));
    }

    // The remedy depends on who can change the called method.
    [TestCase("Order.Price", "own", "mark it [Instrument] to see which line")]
    [TestCase("Order.ToString", "own", "mark it [Instrument] to see which line")]
    [TestCase("IComparer.Compare", "abstract", "mark what implements it [Instrument], where that is yours,")]
    [TestCase("Rule.Invoke", "delegate", "let it run a method that is marked [Instrument]")]
    [TestCase("XmlReader.Create", "framework", "keep its result, or call what writes into a buffer of yours")]
    [TestCase("DateTime.ToString", "framework", "TryFormat")]
    [TestCase("Order.Price", "", "if it is yours, mark it [Instrument]")]
    public void Only_what_can_be_marked_is_to_be_marked(string callee, string origin, string remedy) =>
        Assert.That(
            Cause.Of(SiteKind.Call, callee, origin: (Origin)Words.NumberOf(origin, Words.Origins)).Remedy,
            Does.StartWith(remedy).Or.Contain(remedy).And.Not.Contain("mark it")
        );

    [TestCase("Regex.Match", "Regex.Match(text, \"a+\")", true, "EnumerateMatches")]
    [TestCase("Regex.IsMatch", "Regex.IsMatch(text, \"a+\")", true, "take")]
    [TestCase("Regex.Match", "Words().Match(text)", false, "EnumerateMatches")]
    [TestCase("Regex.Matches", "s_words.Matches(text)", false, "EnumerateMatches")]
    [TestCase("Regex.Split", "s_words.Split(text)", false, "EnumerateSplits")]
    [TestCase("Regex.IsMatch", "s_words.IsMatch(text)", false, "the runner is kept")]
    public void A_regular_expression_that_is_kept_is_not_to_be_generated(string callee, string text, bool isOfType, string remedy)
    {
        var cause = Cause.Of(SiteKind.Call, callee, text, Origin.Framework);
        Assert.That(cause.Remedy.Contains("[GeneratedRegex]", StringComparison.Ordinal), Is.EqualTo(isOfType));
        Assert.That(cause.Remedy, Does.Contain(remedy));
    }

    [Test]
    public void Budgets_that_were_not_kept_are_shown_with_the_first_stack()
    {
        var recorded = MadeSnapshot.Recorded;
        var method = recorded.Methods.First(static m => m.Sites is not null && m.Calls > 10);
        Breaches breaches = new()
        {
            Count = 7,
            FirstStack = ["at Shop.Order.Price() in Order.cs:line 12", "at Shop.Program.Main() in Program.cs:line 3", "at the.Runtime()"],
        };
        var snapshot = recorded with
        {
            Methods =
            [
                .. recorded.Methods.Select(m =>
                    m == method
                        ? m with
                        {
                            MaxBytesPerCall = 0,
                            Breaches = breaches,
                            Sites = [m.Sites![0] with { Breaches = breaches }, .. m.Sites[1..]],
                        }
                        : m
                ),
            ],
        };
        using var folder = new TemporaryFolder();
        string file = MadeSnapshot.Write(folder, snapshot);

        Assert.That(
            SnapshotReader.Read(file).Methods.Single(static m => m.Breaches is not null).Breaches!.FirstStack,
            Is.EqualTo(breaches.FirstStack)
        );
        string shown = ToolRun.Of("show", file).MustSucceed();
        Assert.That(shown, Does.Match(@"\nbudget not kept .*\n-+\n.* 7 .*\n  at Shop\.Order\.Price\(\) in Order\.cs:line 12 at Shop\.Program\.Main"));
        Assert.That(ToolRun.Of("show", RecordedSnapshot.DocSearch).MustSucceed(), Does.Not.Contain("budget not kept"));
    }

    [Test]
    public void Breaches_of_runs_are_summed_and_the_first_stack_stays()
    {
        Breaches first = new() { Count = 0, FirstStack = [] },
            second = new() { Count = 2, FirstStack = ["at A()"] },
            third = new() { Count = 3, FirstStack = ["at B()"] };
        var sum = Breaches.Sum(Breaches.Sum(Breaches.Sum(null, first), second), third)!;
        Assert.That((sum.Count, sum.FirstStack), Is.EqualTo((5L, second.FirstStack)));
    }
}
