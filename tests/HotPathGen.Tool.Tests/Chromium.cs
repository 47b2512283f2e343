using Microsoft.Playwright;

namespace HotPathGen.Tool.Tests;

/// <summary>
/// Debian's Chromium without a window. Playwright drives it, and all tests share it. On a machine without it, these tests are skipped.
/// </summary>
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

    /// <summary>Opens a page that loads <paramref name="file"/>, and records what the page prints and requests.</summary>
    internal static async Task<OpenPage> OpenAsync(string file, ColorScheme scheme = ColorScheme.Light, int width = 1500, int height = 1000)
    {
        string executable = InstalledTool.Require("chromium", "chromium");
        s_playwright ??= await Playwright.CreateAsync();
        // The timeout is long, so that a slow machine is not a failure.
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

/// <summary>A page, with what it wrote to the console, what it threw, and what it requested.</summary>
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

    /// <summary>A data attribute of the graph, which says what the graph has drawn.</summary>
    public Task<string?> GraphAsync(string name) => this["canvas"].GetAttributeAsync($"data-{name}");

    /// <summary>The text of a column of a table, as shown.</summary>
    public async Task<string[]> ColumnAsync(string table, int column) =>
        [.. (await this[$"#{table} tbody tr > :nth-child({column})"].AllInnerTextsAsync()).Select(static text => text.Trim())];

    /// <summary>Takes a screenshot for people, if <c>HOTPATH_SCREENSHOTS</c> names a folder.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("HOTPATH_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
        }
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
