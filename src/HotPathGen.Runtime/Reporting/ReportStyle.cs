using System.Text;

namespace HotPathGen.Runtime;

/// <summary>What the target of a summary can show.</summary>
internal sealed record ReportStyle(int Columns, int Rows, bool IsUnicode)
{
    private const int DefaultColumns = 80;
    private const int DefaultRows = 20;

    // The lines of a summary that are not rows, and the prompt after it.
    private const int OtherLines = 14;

    /// <summary>The style that every target can show.</summary>
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
            // There is no console, it has no size, or the program has closed it.
            return Plain with { IsUnicode = isUnicode };
        }
    }
}
