using HotPathGen.Tool.Reports;

namespace HotPathGen.Tool.Watching;

/// <summary>What <c>watch</c> shows, and how keys change it.</summary>
/// <param name="HasSites">Whether it shows sites, and not methods.</param>
/// <param name="IsSinceReset">Whether figures count from the program's start or its last reset, and not for the last interval.</param>
/// <param name="Sort">One of <see cref="Selection.Orders"/>.</param>
/// <param name="Filter">As in <see cref="Selection"/>.</param>
internal sealed record WatchView(bool HasSites, bool IsSinceReset, string Sort, string Filter)
{
    /// <summary>The keys, for the last line of the screen.</summary>
    public const string Keys = "q quit  space pause  tab sites  i interval  s sort  / filter  r reset  +/- level";

    /// <summary>Whether the figures stay as they are.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether letters go to the filter.</summary>
    public bool IsTyping { get; init; }

    /// <summary>What the program is to do; none after most keys.</summary>
    public WatchRequest Request { get; init; }

    public WatchView After(ConsoleKeyInfo key) => IsTyping ? AfterLetter(key) : AfterCommand(key);

    private WatchView AfterLetter(ConsoleKeyInfo key) =>
        key.Key switch
        {
            ConsoleKey.Enter => this with { IsTyping = false },
            ConsoleKey.Escape => this with { IsTyping = false, Filter = "" },
            ConsoleKey.Backspace => this with { Filter = Filter.Length > 0 ? Filter[..^1] : "" },
            _ => char.IsControl(key.KeyChar) ? this : this with { Filter = Filter + key.KeyChar },
        };

    private WatchView AfterCommand(ConsoleKeyInfo key) =>
        (key.Key, key.KeyChar) switch
        {
            (_, 'q' or 'Q') => this with { Request = WatchRequest.Quit },
            (_, ' ' or 'p') => this with { IsPaused = !IsPaused },
            (ConsoleKey.Tab, _) => this with { HasSites = !HasSites },
            (_, 'i') => this with { IsSinceReset = !IsSinceReset },
            (_, 's') => this with { Sort = Next(1) },
            (_, 'S') => this with { Sort = Next(-1) },
            (_, '/') => this with { IsTyping = true },
            (ConsoleKey.Escape, _) => this with { Filter = "" },
            (_, 'r') => this with { Request = WatchRequest.Reset },
            (_, '+') => this with { Request = WatchRequest.RaiseLevel },
            (_, '-') => this with { Request = WatchRequest.LowerLevel },
            _ => this,
        };

    private string Next(int step)
    {
        string[] orders = [.. Selection.Orders.Keys];
        return orders[(Array.IndexOf(orders, Sort) + step + orders.Length) % orders.Length];
    }
}

/// <summary>What a key asks of the program, or of <c>watch</c> itself.</summary>
internal enum WatchRequest
{
    None,
    Quit,
    Reset,
    RaiseLevel,
    LowerLevel,
}
