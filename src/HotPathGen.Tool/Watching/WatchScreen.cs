using HotPathGen.Tool.Live;
using HotPathGen.Tool.Reports;
using Spectre.Console;

namespace HotPathGen.Tool.Watching;

/// <summary>
/// Shows a program on a terminal, on its other screen, and reads keys. The terminal is as before when it ends, however that happens.
/// </summary>
internal sealed class WatchScreen(Watch watch, IAnsiConsole console)
{
    private static readonly TimeSpan s_betweenKeys = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan s_newsStay = TimeSpan.FromSeconds(3);

    private WatchView _view = null!;
    private WatchFrame? _frame;
    private string _news = "";
    private DateTime _newsUntil;
    private (int Width, int Height) _size;

    /// <summary>Shows until the user quits, the program ends or it is cancelled.</summary>
    public async Task ShowAsync(WatchView view, CancellationToken cancellation)
    {
        _view = view;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Exception? problem = null;
        console.AlternateScreen(() =>
            console
                .Live(new AnsiLines([]))
                .Overflow(VerticalOverflow.Crop)
                .Start(live =>
                {
                    try
                    {
                        RunAsync(live, ending.Token).GetAwaiter().GetResult();
                    }
                    catch (OperationCanceledException) { }
                    catch (Exception e)
                    {
                        problem = e;
                    }
                })
        );
        await ending.CancelAsync().ConfigureAwait(false);
        if (problem is not null)
        {
            throw problem;
        }
    }

    private async Task RunAsync(LiveDisplayContext live, CancellationToken cancellation)
    {
        var looking = watch.LookAsync(cancellation);
        bool isShown = false;
        var due = DateTime.UtcNow + watch.Interval;
        while (true)
        {
            bool isChanged = TakeKeys();
            if (_view.Request == WatchRequest.Quit)
            {
                return;
            }

            if (looking.IsCompleted && _view.Request != WatchRequest.None)
            {
                (var request, _view) = (_view.Request, _view with { Request = WatchRequest.None });
                await looking.ConfigureAwait(false);
                Say(await watch.DoAsync(request, cancellation).ConfigureAwait(false));
                isChanged = true;
                due = DateTime.UtcNow;
            }

            if (looking.IsCompleted && !isShown)
            {
                _frame = await looking.ConfigureAwait(false);
                isShown = true;
                isChanged = true;
            }
            else if (looking.IsCompleted && DateTime.UtcNow >= due && !_view.IsPaused)
            {
                looking = watch.LookAsync(cancellation);
                isShown = false;
                due = DateTime.UtcNow + watch.Interval;
            }

            if (_news.Length > 0 && DateTime.UtcNow > _newsUntil)
            {
                _news = "";
                isChanged = true;
            }

            Draw(live, isChanged);
            await Task.Delay(s_betweenKeys, cancellation).ConfigureAwait(false);
        }
    }

    private bool TakeKeys()
    {
        bool isChanged = false;
        while (!Console.IsInputRedirected && _view.Request == WatchRequest.None && Console.KeyAvailable)
        {
            _view = _view.After(Console.ReadKey(intercept: true));
            isChanged = true;
        }

        return isChanged;
    }

    private void Say(string news) => (_news, _newsUntil) = (news, DateTime.UtcNow + s_newsStay);

    private void Draw(LiveDisplayContext live, bool isChanged)
    {
        var size = (console.Profile.Width, console.Profile.Height);
        if (size != _size)
        {
            // What was there is broken into other lines now.
            console.Clear();
            _size = size;
            isChanged = true;
        }

        if (!isChanged)
        {
            return;
        }

        string[] lines = _frame is { } frame ? frame.ToLines(_view, TableConsole.TextOf(console), size.Height - 1, _news) : ["asking the program…"];
        live.UpdateTarget(new AnsiLines(lines));
    }
}
