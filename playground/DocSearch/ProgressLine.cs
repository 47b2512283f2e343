using System.Diagnostics;

namespace DocSearch;

/// <summary>One line on a terminal's stderr. Each text overwrites the last one, and the line is cleared at the end. Any thread may use it.</summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly bool _isVisible = !Console.IsErrorRedirected;
    private readonly Lock _lock = new();
    private long _lastShown;
    private int _shownLength;

    /// <summary>Shows the text unless another was shown a moment ago.</summary>
    public void Show(FormattableString text)
    {
        if (!_isVisible)
        {
            return;
        }

        lock (_lock)
        {
            if (_lastShown == 0 || Stopwatch.GetElapsedTime(_lastShown) >= s_interval)
            {
                Write(FormattableString.Invariant(text));
            }
        }
    }

    /// <summary>Shows the text now.</summary>
    public void Begin(string step)
    {
        if (!_isVisible)
        {
            return;
        }

        lock (_lock)
        {
            Write(step);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_shownLength > 0)
            {
                Write("");
                Console.Error.Write('\r');
            }
        }
    }

    private void Write(string text)
    {
        // A terminal without a size has width 0.
        int width = Console.WindowWidth > 1 ? Console.WindowWidth - 1 : 79;
        string line = text.Length > width ? text.Substring(0, width) : text;

        Console.Error.Write('\r' + line.PadRight(_shownLength));
        _shownLength = line.Length;
        _lastShown = Stopwatch.GetTimestamp();
    }
}
