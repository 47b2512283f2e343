using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace HotPathGen.EndToEnd.Tests.Matrix;

/// <summary>
/// The cost in production of a pair that the user wrote: its machine code is compared with that of the same methods without pairs.
/// </summary>
[TestFixture]
public sealed partial class PairCost
{
    private static readonly string[] s_callers =
    [
        "OfInlined",
        "OfCalled",
        "OfInstance",
        "OfInstanceInlined",
        "OfVirtual",
        "OfGenericValue",
        "OfGenericReference",
        "OfByValue",
        "OfLargeInlined",
        "OfLargeCalled",
        "OfReference",
        "OfSpans",
        "OfDelegate",
        "OfLargeDelegate",
    ];

    // The fully optimized code of each method: a settled program runs only this.
    private readonly Dictionary<string, string> _code = [];

    [OneTimeSetUp]
    public void Compile()
    {
        string sources = Path.Combine(Package.Origin, "tests", "HotPathGen.EndToEnd.Tests", "Matrix", "Machine");
        string callers = File.ReadAllText(Path.Combine(sources, "Callers.cs"));
        var project = Project
            .Console("Machine", items: $"""{Project.Reference}<Using Include="HotPathGen" /><Using Include="System.Runtime.CompilerServices" />""")
            .Write("Program.cs", File.ReadAllText(Path.Combine(sources, "Program.cs")))
            .Write("PairCallers.cs", callers)
            .Write("PlainCallers.cs", callers.Replace("PairCallers", "PlainCallers").Replace("Pairs", "Plain"));
        Assert.That(project.Build().Messages, Is.Empty);

        string listing = Path.Combine(project.Folder, "listing.txt");
        var run = project.Start(
            new()
            {
                ["DOTNET_TieredCompilation"] = "0",
                ["DOTNET_JitDisasm"] = "Of* Called CalledCore LargeCalled LargeCalledCore Virtual VirtualCore Scratch",
                ["DOTNET_JitDisasmDiffable"] = "1",
                ["DOTNET_JitStdOutFile"] = listing,
            }
        );
        Assert.That(run.Output, Is.EqualTo("True\n"));
        foreach (Match method in Listing().Matches(File.ReadAllText(listing).ReplaceLineEndings("\n")))
        {
            _code[method.Groups["name"].Value] = Normalized(method.Groups["code"].Value);
        }
    }

    [TestCaseSource(nameof(s_callers))]
    public void A_caller_is_compiled_to_what_it_is_without_the_pair(string caller)
    {
        string without = _code[$"PlainCallers:{caller}"];
        Assert.That(without, Does.Contain("ret"));

        // There is one difference: the null check of the instance reads one byte of it, not four.
        string expected = caller == "OfInstance" ? without.Replace("cmp      dword ptr [rdi], edi", "cmp      byte  ptr [rdi], dil") : without;
        Assert.That(_code[$"PairCallers:{caller}"], Is.EqualTo(expected));
    }

    [TestCase("Called")]
    [TestCase("Virtual")]
    public void The_target_of_a_delegate_or_of_an_interface_call_is_a_jump_to_the_core(string method)
    {
        OnlyWhereJumpsAreKnown();

        Assert.That(
            Instructions($"Pairs:{method}"),
            Is.EqualTo([$"tail.jmp [Machine.Type:{method}(int):int{(method == "Virtual" ? ":this" : "")}]"])
        );
        Assert.That(_code[$"Pairs:{method}Core"], Is.EqualTo(_code[$"Plain:{method}"]));
    }

    [Test]
    public void A_large_struct_is_copied_before_that_jump_and_nowhere_else()
    {
        OnlyWhereJumpsAreKnown();

        string[] instructions = Instructions("Pairs:LargeCalled");
        Assert.That(instructions[^1], Is.EqualTo("tail.jmp [Machine.Type:LargeCalled(Machine.Large):long]"));
        Assert.That(instructions.Count(instruction => instruction.StartsWith("vmovdqu", StringComparison.Ordinal)), Is.InRange(2, 8));
        Assert.That(instructions, Has.None.StartsWith("call"));
        Assert.That(_code["Pairs:LargeCalledCore"], Is.EqualTo(_code["Plain:LargeCalled"]));
    }

    [Test]
    public void A_pooled_parameter_is_provided_as_by_hand_but_for_a_check_of_what_is_rented()
    {
        OnlyWhereJumpsAreKnown();

        var generated = Operations("Pairs:Scratch", without: "ArgumentOutOfRangeException:.ctor");
        var byHand = Operations("Plain:Scratch");
        int check = generated.IndexOf("jl");
        Assert.That(generated[check - 1], Is.EqualTo("test"), "one comparison with zero");
        generated.RemoveRange(check - 1, 2);
        generated[generated.IndexOf("jbe")] = "jle";

        Assert.That(generated, Is.EqualTo(byHand));
    }

    /// <summary>The instructions without their operands, block by block, and without <c>mov</c>.</summary>
    private List<string> Operations(string method, string? without = null) =>
        [
            .. BlockStart()
                .Split(_code[method])
                .Where(block => without is null || !block.Contains(without, StringComparison.Ordinal))
                .SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .Select(instruction => instruction.Split(' ')[0])
                .Where(operation => operation != "mov"),
        ];

    private static void OnlyWhereJumpsAreKnown() =>
        Assume.That(RuntimeInformation.ProcessArchitecture, Is.EqualTo(Architecture.X64), "these are x64's instructions");

    private string[] Instructions(string method) =>
        [.. _code[method].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => !line.EndsWith(':'))];

    /// <summary>Makes names of pairs and plain methods equal, and removes comments and empty lines. Changes nothing else.</summary>
    private static string Normalized(string code) =>
        string.Join('\n', code.Split('\n').Where(line => line.Length > 0 && line[0] != ';').Select(line => line.TrimEnd()))
            .Replace("PairCallers", "Callers")
            .Replace("PlainCallers", "Callers")
            .Replace("Machine.Pairs:", "Machine.Type:")
            .Replace("Machine.Plain:", "Machine.Type:")
            .Replace("Core(", "(")
            .Replace("Core[", "[");

    [GeneratedRegex(@"^G_M\d+_IG\d+:", RegexOptions.Multiline)]
    private static partial Regex BlockStart();

    [GeneratedRegex(
        @"; Assembly listing for method Machine\.(?<name>\w+:\w+)[^\n]* \(FullOpts\)\n(?<code>.*?)(?=; Assembly listing|\z)",
        RegexOptions.Singleline
    )]
    private static partial Regex Listing();
}
