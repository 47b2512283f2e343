namespace HotPathGen.EndToEnd.Tests;

/// <summary>
/// A project with other source generators, in which every rule that prepared or generated code could break is an error.
/// </summary>
[TestFixture]
public sealed class StrictProject
{
    private const string EditorConfig = """
        root = true

        [*.cs]
        indent_size = 4
        dotnet_analyzer_diagnostic.severity = error
        csharp_style_namespace_declarations = file_scoped:error
        csharp_style_expression_bodied_methods = true:error
        csharp_prefer_braces = true:error
        csharp_style_var_elsewhere = false:error
        csharp_style_var_for_built_in_types = false:error
        csharp_style_var_when_type_is_apparent = false:error
        dotnet_naming_rule.methods.symbols = methods
        dotnet_naming_rule.methods.style = pascal
        dotnet_naming_rule.methods.severity = error
        dotnet_naming_symbols.methods.applicable_kinds = method
        dotnet_naming_style.pascal.capitalization = pascal_case
        dotnet_diagnostic.IDE0051.severity = error
        dotnet_diagnostic.IDE0055.severity = error
        dotnet_diagnostic.IDE1006.severity = error
        dotnet_diagnostic.CA1707.severity = error
        dotnet_diagnostic.CA1822.severity = error
        # What the user turns off for code of their own stays off.
        dotnet_diagnostic.HPG306.severity = suggestion
        dotnet_diagnostic.HPG313.severity = suggestion
        dotnet_diagnostic.HPG320.severity = suggestion
        dotnet_diagnostic.CA1515.severity = none
        dotnet_diagnostic.CA1852.severity = none
        dotnet_diagnostic.IDE0058.severity = none
        dotnet_diagnostic.IDE0130.severity = none
        """;

    private const string InnerEditorConfig = """
        [*.cs]
        csharp_style_expression_bodied_methods = false:error
        dotnet_diagnostic.CA1805.severity = error
        """;

    private const string Source = """"
        using System.Globalization;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.RegularExpressions;
        using HotPathGen;

        [assembly: System.Runtime.InteropServices.ComVisible(false)]
        [assembly: CLSCompliant(false)]

        namespace Strict;

        /// <summary>Starts.</summary>
        internal static class Program
        {
            private static void Main()
            {
                Order order = new("pens", 3);
                Console.WriteLine(Orders.Write(order));
                Console.WriteLine(Orders.Read("""{"Name":"ink","Count":4}""").Count.ToString(CultureInfo.InvariantCulture));
                Console.WriteLine(Orders.Words("a bc def").ToString(CultureInfo.InvariantCulture));
                Console.WriteLine(Orders.Reversed("a bc def g"));
                Console.WriteLine(Inner.Place.Block(2).ToString(CultureInfo.InvariantCulture));
            }
        }

        /// <summary>An order.</summary>
        /// <param name="Name">Of what.</param>
        /// <param name="Count">How many.</param>
        internal sealed record Order(string Name, int Count);

        [JsonSerializable(typeof(Order))]
        [Instrument]
        internal sealed partial class Json : JsonSerializerContext;

        /// <summary>All about orders.</summary>
        [Instrument]
        internal static partial class Orders
        {
            /// <summary>Writes one.</summary>
            /// <param name="order">The order.</param>
            /// <returns>Its text.</returns>
            public static string Write(Order order) => JsonSerializer.Serialize(order, Json.Default.Order);

            /// <summary>Reads one.</summary>
            /// <param name="text">Its text.</param>
            /// <returns>The order.</returns>
            public static Order Read(string text) => JsonSerializer.Deserialize(text, Json.Default.Order) ?? throw new ArgumentException("nothing", nameof(text));

            /// <summary>Counts.</summary>
            /// <param name="text">The text.</param>
            /// <returns>How many words.</returns>
            public static int Words(string text) => Word().Count(text);

            /// <summary>Turns round.</summary>
            /// <param name="text">The text.</param>
            /// <returns>The same from its end, and where its spaces were.</returns>
            public static partial string Reversed(string text);

            private static string ReversedCore(
                string text, [Pooled(Length = nameof(LengthOf))] scoped Span<char> letters, [Pooled(2)] ref PooledList<int> spaces)
            {
                for (int i = 0; i < text.Length; i++)
                {
                    letters[^(i + 1)] = text[i];
                    if (text[i] == ' ')
                    {
                        spaces.Add(i);
                    }
                }

                return $"{letters} {string.Join(',', spaces.Span.ToArray())}";
            }

            private static int LengthOf(string text) => text.Length;

            [GeneratedRegex(@"\w+")]
            private static partial Regex Word();
        }
        """";

    private const string InnerSource = """
        using HotPathGen;

        namespace Strict.Inner;

        /// <summary>Formatted by the rules of its folder.</summary>
        internal static class Place
        {
            /// <summary>Doubles.</summary>
            /// <param name="number">The number.</param>
            /// <returns>Twice the number.</returns>
            [Instrument]
            public static int Block(int number)
            {
                return number * 2;
            }
        }
        """;

    private const string Expected = """
        {"Name":"pens","Count":3}
        4
        3
        g fed cb a 1,4,8
        4

        """;

    /// <summary>Makes measured builds run the SDK's rules, too.</summary>
    private const string Rules = "-p:RunAnalyzers=true";

    private readonly Project _project = Project
        .Console(
            "Strict",
            """
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <AnalysisLevel>latest-all</AnalysisLevel>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <WarningLevel>9999</WarningLevel>
            <Features>strict</Features>
            <NeutralLanguage>en</NeutralLanguage>
            """
        )
        .Write(".editorconfig", EditorConfig)
        .Write("Program.cs", Source)
        .Write("Inner/.editorconfig", InnerEditorConfig)
        .Write("Inner/Place.cs", InnerSource);

    [Test, Order(1)]
    public void Production_is_clean_and_keeps_the_users_rules()
    {
        Assert.That(_project.Build().Messages, Is.Empty);
        Assert.That(_project.Start().Output, Is.EqualTo(Expected));

        _project.Write(
            "Inner/Place.cs",
            InnerSource
                .Replace("        return number * 2;", "        return number  * 2;")
                .Replace("Place\n{", "Place\n{\n    private static int Not_used() { return 1; }\n")
        );
        var broken = Dotnet.Run(_project.Folder, "build", "-c", "Release").MustFail();
        _project.Write("Inner/Place.cs", InnerSource);
        Assert.That(broken.Errors.Select(error => error.Id), Is.SupersetOf(["IDE0051", "IDE0055"]), broken.ToString());
    }

    [TestCase(Switch.On, Rules)]
    [TestCase(Switch.On, Switch.All, Rules)]
    public void Measured_is_clean_too_and_other_generators_work_unchanged(params string[] switches)
    {
        Assert.That(_project.Build(switches).Messages, Is.Empty);
        Assert.That(_project.Start().Output, Is.EqualTo(Expected));
        var snapshot = _project.TakeSnapshot();
        Assert.That(snapshot["M:Strict.Orders.Words(System.String)"].Calls, Is.EqualTo(1));
        Assert.That(snapshot["M:Strict.Orders.Reversed(System.String)"].Calls, Is.EqualTo(1));
        Assert.That(snapshot["M:Strict.Orders.Write(Strict.Order)"].Calls, Is.EqualTo(1));
        Assert.That(snapshot["M:Strict.Inner.Place.Block(System.Int32)"].Calls, Is.EqualTo(1));
        Assert.That(snapshot.Methods.Any(method => method.Id == "M:Strict.Program.Main"), Is.EqualTo(switches.Contains(Switch.All)));
    }

    [Test]
    public void Measured_asks_the_sdks_rules_only_where_it_is_told_to()
    {
        _project.Write(
            "Cold.cs",
            "namespace Strict;\n\n/// <summary>Cold.</summary>\ninternal sealed class Cold\n{\n    private static int Not_used()  { return 1; }\n}\n"
        );
        try
        {
            Assert.That(_project.Build(Switch.On).Messages, Is.Empty);
            var asked = Dotnet.Run(_project.Folder, "build", "-c", "Release", "--no-incremental", Switch.On, Rules).MustFail();
            Assert.That(asked.Errors.Select(error => error.Id), Is.SupersetOf(["CA1812", "IDE0051", "IDE0055"]), asked.ToString());
        }
        finally
        {
            File.Delete(Path.Combine(_project.Folder, "Cold.cs"));
        }
    }
}
