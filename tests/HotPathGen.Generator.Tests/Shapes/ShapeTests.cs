using System.Globalization;

namespace HotPathGen.Generator.Tests.Shapes;

/// <summary>Measured behaves like production, compiles without a word, and counts every call.</summary>
public sealed class ShapeTests
{
    [TestCaseSource(typeof(ShapeCases), nameof(ShapeCases.All))]
    public void measured_behaves_like_production_and_counts(string source, string expected)
    {
        string inProduction = RunProduction(source);
        using LoadedSample measured = Build.Of(new([source]) { IsMeasured = true, Name = Project.UniqueName() }).Load();

        Assert.That(measured.Run(), Is.EqualTo(inProduction));
        Assert.That(Figures(measured, expected), Is.EqualTo(expected));
    }

    private static string RunProduction(string source)
    {
        using LoadedSample production = Build.Of(new([source]) { Name = Project.UniqueName() }).Load();
        return production.Run();
    }

    /// <summary>What was recorded of the methods that <paramref name="expected"/> names, written as it is.</summary>
    private static string Figures(LoadedSample sample, string expected)
    {
        var recorded = Recording.Of(sample.Name);
        return string.Join(' ', expected.Split(' ').Select(word =>
        {
            string name = word.Split('=')[0];
            if (!recorded.TryGetValue(name, out Recorded? method))
            {
                return $"{name}=absent";
            }

            string calls = word[name.Length..].StartsWith("=*", StringComparison.Ordinal) ? "*" : method.Calls.ToString(CultureInfo.InvariantCulture);
            return $"{name}={calls}{(method.Failures > 0 ? "!" + method.Failures : "")}:{method.Form}";
        }));
    }
}
