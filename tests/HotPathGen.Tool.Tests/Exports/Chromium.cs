using Microsoft.Playwright;

namespace HotPathGen.Tool.Tests.Exports;

/// <summary>Debian's Chromium without a window, driven by Playwright and shared by all tests. On a machine without it they are skipped.</summary>
[SetUpFixture]
public sealed class Chromium
{
    private static IPlaywright? s_playwright;
    private static IBrowser? s_browser;

    [OneTimeTearDown]
    public async Task Close()
    {
        if (s_browser is not null)
        {
            await s_browser.CloseAsync();
        }

        s_playwright?.Dispose();
    }

    /// <summary>A page that loads <paramref name="file"/>, and everything it says and asks for on the way.</summary>
    internal static async Task<OpenPage> OpenAsync(string file, ColorScheme scheme = ColorScheme.Light, int width = 1500, int height = 1000)
    {
        string executable = InstalledTool.Require("chromium", "chromium");
        s_playwright ??= await Playwright.CreateAsync();
        // A slow machine is no failure: an expectation that never comes true is one, however long that takes.
        Assertions.SetDefaultExpectTimeout(60_000);
        s_browser ??= await s_playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable });
        var context = await s_browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
                ColorScheme = scheme,
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        var page = await context.NewPageAsync();
        var open = new OpenPage(context, page);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return open;
    }
}

/// <summary>A page with what it wrote to the console, what it threw, and what it asked for.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public OpenPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Errors.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
        page.Dialog += (_, dialog) =>
        {
            Errors.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    public IPage Page { get; }
    public List<string> Errors { get; } = [];
    public List<string> Requests { get; } = [];

    public ILocator this[string selector] => Page.Locator(selector);

    /// <summary>A member of the graph's data: what it says it drew.</summary>
    public Task<string?> GraphAsync(string name) => this["canvas"].GetAttributeAsync($"data-{name}");

    /// <summary>The text of a column of a table, as shown.</summary>
    public async Task<string[]> ColumnAsync(string table, int column) =>
        [.. (await this[$"#{table} tbody tr > :nth-child({column})"].AllInnerTextsAsync()).Select(static text => text.Trim())];

    /// <summary>A picture for people, where <c>HOTPATH_SCREENSHOTS</c> names a folder.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("HOTPATH_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
        }
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
