using System.Text;

namespace HotPathGen.Runtime;

/// <summary>What the place that a summary is written to can show.</summary>
internal sealed record ReportStyle(int Columns, int Rows, bool IsUnicode)
{
    private const int DefaultColumns = 80;
    private const int DefaultRows = 20;

    // Lines of a summary that are not rows, and the prompt that follows it.
    private const int OtherLines = 14;

    public static ReportStyle OfStandardError()
    {
        bool isUnicode = Console.Error.Encoding.CodePage == Encoding.UTF8.CodePage;
        if (Console.IsErrorRedirected)
            return new(DefaultColumns, DefaultRows, isUnicode);
        try
        {
            int columns = Math.Max(DefaultColumns, Console.WindowWidth);
            int linesPerRow = Summary.IsWide(columns) ? 1 : 2;
            return new(columns, Math.Max(3, (Console.WindowHeight - OtherLines) / linesPerRow), isUnicode);
        }
        catch (Exception e) when (e is IOException or PlatformNotSupportedException)
        {
            return new(DefaultColumns, DefaultRows, isUnicode);
        }
    }
}
