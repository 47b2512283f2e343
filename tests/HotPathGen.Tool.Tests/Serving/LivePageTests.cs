using System.Text.RegularExpressions;
using HotPathGen.Tool.Exports.Html;
using HotPathGen.Tool.Live;
using HotPathGen.Tool.Serving;
using HotPathGen.Tool.Tests.Live;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HotPathGen.Tool.Tests.Serving;

/// <summary>The live page in a browser, of a program that runs.</summary>
[TestFixture]
public sealed class LivePageTests
{
    [Test]
    public async Task The_page_shows_newer_figures_and_keeps_what_the_reader_chose()
    {
        using var program = new ServingProgram();
        program.Call(1000);
        await using var server = await StartedServer.OfAsync(program);
        await using var page = await Chromium.OpenAsync(server.Address.AbsoluteUri);
        await Expect(page["#connection"]).ToHaveTextAsync("Live");
        await Expect(page["#reading"]).ToContainTextAsync($"HotPathGen.Tests.Host ({program.Name})");
        await Expect(page["#timeline svg"]).ToHaveCountAsync(3);
        await page["#interval"].SelectOptionAsync("1000");
        await Expect(Calls("Work.Inner")).ToHaveTextAsync("1,000");

        // What the reader chooses: a sorting, a method, a zoom, a filter, and the focus in it.
        await page.Page.GetByRole(AriaRole.Columnheader, new() { Name = "calls" }).GetByRole(AriaRole.Button).ClickAsync();
        await page["#methods .name"].Filter(new() { HasText = "Inner" }).ClickAsync();
        await page["canvas"].FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("Enter");
        await page["#methods-filter"].FillAsync("inner");
        await Expect(page["#methods tbody tr"]).ToHaveCountAsync(1);
        await page.Page.EvaluateAsync("document.querySelector('#methods tbody tr').marked = true");
        program.Call(500);
        await Expect(Calls("Work.Inner")).ToHaveTextAsync("1,500");
        await Expect(page["#methods tbody tr"]).ToHaveCountAsync(1);
        await Expect(page["#methods-filter"]).ToHaveValueAsync("inner");
        await Expect(page["#methods-filter"]).ToBeFocusedAsync();
        await Expect(page["#methods th[aria-sort='descending']"]).ToHaveTextAsync("calls");
        await Expect(page["#crumbs [aria-current]"]).ToHaveTextAsync("Work.Outer");
        await Expect(page["#detail h2"]).ToHaveTextAsync("Work.Outer");
        await Expect(page["#detail .facts div"].Filter(new() { HasText = "calls" }).First).ToContainTextAsync("1,500");
        Assert.That(
            await page.Page.EvaluateAsync<bool>("document.querySelector('#methods tbody tr').marked === true"),
            "the row is the same element"
        );
        await page["#methods-filter"].FillAsync("");
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Sites" }).ClickAsync();
        program.Call(500);
        await Expect(page["#detail .facts div"].Filter(new() { HasText = "calls" }).First).ToContainTextAsync("2,000");
        await Expect(page["#panel-sites"]).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Methods" }).ClickAsync();
        await Expect(Calls("Work.Inner")).ToHaveTextAsync("2,000");
        await page.PictureAsync("live");
        AssertQuiet(page);

        ILocator Calls(string method) =>
            page["#methods tr"]
                .Filter(new() { Has = page.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^" + Regex.Escape(method)) }) })
                .Locator("td")
                .First;
    }

    [Test]
    public async Task The_page_pauses_resets_and_switches_levels()
    {
        using var program = new ServingProgram();
        program.Call(1000);
        await using var server = await StartedServer.OfAsync(program);
        await using var page = await Chromium.OpenAsync(server.Address.AbsoluteUri);
        await page["#interval"].SelectOptionAsync("1000");
        var calls = page["#tiles .tile"].Filter(new() { HasText = "Calls" }).Locator("dd").First;
        await Expect(calls).ToHaveTextAsync("2,000");

        await page["#pause"].ClickAsync();
        await Expect(page["#connection"]).ToHaveTextAsync("Paused");
        program.Call(1000);
        await Task.Delay(2500);
        long taken = server.Server.Readings.Taken;
        await Task.Delay(2500);
        Assert.That(server.Server.Readings.Taken, Is.EqualTo(taken), "a page that pauses asks nothing");
        await Expect(calls).ToHaveTextAsync("2,000");
        await page["#pause"].ClickAsync();
        await Expect(calls).ToHaveTextAsync("4,000");

        await page["#reset"].ClickAsync();
        await Expect(calls).ToHaveTextAsync("0");
        program.Call(3);
        await Expect(calls).ToHaveTextAsync("6");

        await Expect(page["#live input[value=full]"]).ToBeCheckedAsync();
        await page["#live label"].Filter(new() { HasText = "off" }).ClickAsync();
        await Expect(page["#announcer"]).ToHaveTextAsync("level off");
        program.Call(1000);
        Assert.That((await new MeasuredProgram(program.Id).StatusAsync(TimeSpan.FromSeconds(30))).Detail, Is.EqualTo(DetailLevel.Off));
        await Expect(page["#reading"]).ToContainTextAsync("level off");
        await Expect(calls).ToHaveTextAsync("6");
        await page["#level-time"].SelectOptionAsync("300");
        await page["#live label"].Filter(new() { HasText = "light" }).ClickAsync();
        await Expect(page["#reading"]).ToContainTextAsync("off again in");
        AssertQuiet(page);

        // Another level that somebody else sets is shown, too.
        await new MeasuredProgram(program.Id).SetDetailAsync(DetailLevel.Standard, null, null);
        await Expect(page["#live input[value=standard]"]).ToBeCheckedAsync();
        program.Kill();
        await Expect(page["#connection"]).ToContainTextAsync("it has ended");
    }

    [Test]
    public async Task A_browser_asks_for_the_token_once()
    {
        const string Secret = "0123456789abcdef0123";
        using var program = new ServingProgram();
        program.Call(7);
        await using var server = await StartedServer.OfAsync(program, Token.Of(Secret, "test"));
        await using var page = await Chromium.OpenAsync(server.Address.AbsoluteUri);
        await Expect(page.Page).ToHaveURLAsync(new Uri(server.Address, "login").AbsoluteUri);
        await page["#token"].FillAsync(Secret);
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page["#connection"]).ToHaveTextAsync("Live");
        await Expect(page["#methods tbody tr"]).ToHaveCountAsync(2);
        Assert.That(await page.Page.EvaluateAsync<string>("document.cookie"), Is.Empty, "no script reads the cookie");
        await page["#reset"].ClickAsync();
        await Expect(page["#announcer"]).ToContainTextAsync("level full");
        AssertQuiet(page);
    }

    /// <summary>All scripts of the page are one. In it, a second function of a name would silently replace the first.</summary>
    [Test]
    public void No_script_declares_what_another_declares()
    {
        var names = Regex
            .Matches(HtmlPage.Live("App").Html, @"^(?:async )?(?:function|const|let) (\w+)", RegexOptions.Multiline)
            .Select(static name => name.Groups[1].Value);
        Assert.That(names, Is.Unique.And.Exactly(1).EqualTo("ask").And.Exactly(1).EqualTo("createTable"));
    }

    private static void AssertQuiet(OpenPage page) => Assert.That(page.Errors, Is.Empty);
}
