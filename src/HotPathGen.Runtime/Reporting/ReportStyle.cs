using System.Text;

namespace HotPathGen.Runtime;

/// <summary>What the place that a summary is written to can show.</summary>
internal sealed record ReportStyle(int Columns, int Rows, bool IsUnicode)
{
    private const int DefaultColumns = 80;
    private const int DefaultRows = 20;

    // Lines of a summary that are not rows, and the prompt that follows it.
    private const int OtherLines = 14;

    /// <summary>What everything can show.</summary>
    public static readonly ReportStyle Plain = new(DefaultColumns, DefaultRows, IsUnicode: false);

    public static ReportStyle OfStandardError()
    {
        bool isUnicode = StandardError.Encoding.CodePage == Encoding.UTF8.CodePage;
        try
        {
            if (Console.IsErrorRedirected)
            {
                return Plain with { IsUnicode = isUnicode };
            }

            int columns = Math.Max(DefaultColumns, Console.WindowWidth);
            int linesPerRow = Summary.IsWide(columns) ? 1 : 2;
            return new(columns, Math.Max(3, (Console.WindowHeight - OtherLines) / linesPerRow), isUnicode);
        }
        catch (Exception)
        {
            // No console, none that has a size, or one that the program has taken apart.
            return Plain with { IsUnicode = isUnicode };
        }
    }
}
