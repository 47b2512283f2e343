// attribute: F=1:pair

namespace Rows.Ordinary.head_over_several_lines_with_comments_and_directives;

public static class Sample
{
    /// <summary>Doc.</summary>
    /// <param name="a">A.</param>
    /// <param name="b">B.</param>
    [Instrument, Obsolete] // trailing
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(b))]
    public static
        string? // result
        F(
            int a, // first
#if SOMETHING
            int skipped,
#endif
            string? b = "x" /* second */)
        // before the body
    {
        return a + b;
    }

#pragma warning disable CS0612
    public static string Run() => F(1)!.Length.ToString();
#pragma warning restore CS0612
}
