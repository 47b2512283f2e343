using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using HotPathGen.Shared;
using HotPathGen.Tool.Advice;
using HotPathGen.Tool.Reports;
using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Tests.Data;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HotPathGen.Tool.Tests.Exports;

/// <summary>The page in a browser, as a reader uses it.</summary>
[TestFixture]
public sealed class HtmlPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SnapshotDocument _recorded = MadeSnapshot.Recorded;

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Methods_are_shown_with_what_allocates_most_first()
    {
        await using var page = await OpenAsync(_recorded);
        var expected = _recorded.Methods.Where(static m => m.Calls > 0).OrderByDescending(static m => m.Allocated.SelfBytes).ToArray();
        await Expect(page["#methods tbody tr"]).ToHaveCountAsync(expected.Length);
        Assert.That(
            await page.ColumnAsync("methods", 2 + Array.IndexOf(Titles(MethodTable.Of(_recorded, [])), "B self")),
            Is.EqualTo(expected.Select(static m => Units.Bytes(m.Allocated.SelfBytes)))
        );
        Assert.That(
            await page.ColumnAsync("methods", 2),
            Is.EqualTo(expected.Select(static m => Units.Count(m.Calls))).AsCollection,
            "calls are in the same order, but for ties"
        );
        await Expect(page["#methods th[aria-sort]"]).ToHaveTextAsync("B self");
        await page.PictureAsync("page");
        AssertQuiet(page);
    }

    [Test]
    public async Task Every_column_of_the_reports_is_one_of_the_page()
    {
        var snapshot = MadeSnapshot.Priced(allocatedBytes: 2_000_000_000, processorNs: 30_000_000_000);
        await using var page = await OpenAsync(snapshot);
        var chosen = snapshot.Methods.MaxBy(static m => m.Allocated.SelfBytes)!;
        await AssertShows("#methods", MethodTable.Of(snapshot, snapshot.Methods));
        await AssertShows("#sites", SiteTable.OfAll(snapshot));
        await AssertShows("#advice", AdviceTable.Of(snapshot, [.. SiteAdvice.Of(snapshot.Methods)]));
        await AssertShows("#pools", PooledTable.OfAll(snapshot));
        await AssertAre("#detail .facts dt", "#detail .facts dd", MethodTable.Of(snapshot, [chosen]), static c =>
            c is { IsForPeople: true, IsInDetail: true }
        );
        await AssertAre(
            "#detail .side-table thead th:not(:first-child)",
            "#detail .side-table td",
            SiteTable.OfTop(snapshot, [chosen], 12),
            static c => c is { IsCompared: true, Unit: Unit.Bytes }
        );
        AssertQuiet(page);

        Task AssertShows(string id, Table table) =>
            AssertAre($"{id} thead th:not(:first-child) button", $"{id} td", table, static c => c.Rank < Column.OnlyInDetail);

        // Headings, their help, and figures with their units. Rows may have another order.
        async Task AssertAre(string headings, string cells, Table table, Func<Column, bool> isShown)
        {
            int[] columns = [.. Enumerable.Range(0, table.Columns.Length).Where(i => isShown(table.Columns[i]))];
            Assert.That(await page[headings].AllTextContentsAsync(), Is.EqualTo(columns.Select(i => table.Columns[i].Title)));
            string[] helps = await page[headings].EvaluateAllAsync<string[]>("all => all.map(heading => heading.title)");
            Assert.That(helps, Is.EqualTo(columns.Select(i => table.Columns[i].Help)));
            Assert.That(
                (await page[cells].AllTextContentsAsync()).Chunk(columns.Length).Select(static row => string.Join('|', row)),
                Is.EquivalentTo(table.Rows.Select(row => string.Join('|', columns.Select(i => table.Text(row, i, isUnicode: true)))))
            );
        }
    }

    [Test]
    public async Task Headers_sort_by_mouse_and_by_keyboard()
    {
        await using var page = await OpenAsync(_recorded);
        var calls = page.Page.GetByRole(AriaRole.Columnheader, new() { Name = "calls" });
        await calls.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(calls).ToHaveAttributeAsync("aria-sort", "descending");
        var byCalls = _recorded
            .Methods.Where(static m => m.Calls > 0)
            .OrderByDescending(static m => m.Calls)
            .Select(static m => Units.Count(m.Calls));
        Assert.That(await page.ColumnAsync("methods", 2), Is.EqualTo(byCalls));
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(calls).ToHaveAttributeAsync("aria-sort", "ascending");
        Assert.That(await page.ColumnAsync("methods", 2), Is.EqualTo(byCalls.Reverse()));
        await Expect(page["#announcer"]).ToHaveTextAsync("methods sorted by calls, ascending");
        await page.Page.GetByRole(AriaRole.Columnheader, new() { Name = "method", Exact = true }).GetByRole(AriaRole.Button).ClickAsync();
        Assert.That((await page.ColumnAsync("methods", 1))[0], Does.StartWith("answer queries"));
        AssertQuiet(page);
    }

    [Test]
    public async Task A_filter_leaves_what_has_all_its_words()
    {
        await using var page = await OpenAsync(_recorded);
        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("folding string");
        int expected = _recorded.Methods.Count(static m =>
            m.Calls > 0 && m.Name.Contains("Folding", StringComparison.Ordinal) && m.Name.Contains("string", StringComparison.Ordinal)
        );
        await Expect(page["#methods tbody tr"]).ToHaveCountAsync(expected);
        await Expect(page["#panel-methods output"]).ToHaveTextAsync($"{expected} of 26 methods");
        await page["#methods-filter"].FillAsync("no such method");
        await Expect(page["#methods tbody tr"]).ToHaveCountAsync(0);
        AssertQuiet(page);
    }

    [Test]
    public async Task Sites_and_pools_have_tables_and_tabs_are_moved_by_arrows()
    {
        await using var page = await OpenAsync(_recorded);
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Methods" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Page.GetByRole(AriaRole.Tab, new() { Name = "Sites" })).ToBeFocusedAsync();
        await Expect(page["#panel-sites"]).ToBeVisibleAsync();
        await Expect(page["#panel-methods"]).ToBeHiddenAsync();
        await Expect(page["#sites tbody tr"]).ToHaveCountAsync(_recorded.Methods.Sum(static m => m.Sites?.Length ?? 0));
        await Expect(page["#sites tbody tr >> nth=0"]).ToContainTextAsync("counts[item] = counts.GetValueOrDefault(item) + 1");
        await page.PictureAsync("sites");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(page["#panel-advice"]).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(page["#pools tbody tr"]).ToContainTextAsync("folded");
        await page.Page.Keyboard.PressAsync("End");
        await Expect(page["#panel-not-measured"]).ToContainTextAsync(_recorded.Coverage[0].Reason);
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        var partly = _recorded.Methods.Single(static m => m.WithoutSites is not null);
        await Expect(page["#panel-not-by-site tbody tr"])
            .ToHaveTextAsync([$"{partly.Name}{partly.File}:{partly.Line}not by site: {partly.WithoutSites}"]);
        await Expect(
                page["#methods tr"].Filter(new() { HasText = "Document.new" }).Locator(".badge").Filter(new() { HasTextRegex = new Regex("^s$") })
            )
            .ToHaveCountAsync(1);
        AssertQuiet(page);
    }

    [Test]
    public async Task Advice_is_shown_with_what_saves_most_first_and_opens_its_method(
        [Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme
    )
    {
        Export(_recorded);
        await using var page = await Chromium.OpenAsync(_folder["page.html"], scheme);
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Advice" }).ClickAsync();
        SiteAdvice[] expected = [.. SiteAdvice.Of(_recorded.Methods)];
        await Expect(page["#advice th[aria-sort='descending']"]).ToHaveTextAsync("saves");
        Assert.That(
            await page.ColumnAsync("advice", 2),
            Is.EqualTo(expected.Select(static a => Units.Bytes(a.SavedBytes))).And.Length.GreaterThan(50)
        );
        Assert.That(
            (await page.ColumnAsync("advice", 1))[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Trim()),
            Is.EqualTo((string[])[expected[0].Cause, $"{expected[0].Place} in Tally.Of<T>(IEnumerable<T>)", expected[0].Remedy])
        );
        await page.PictureAsync($"advice-{scheme}");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "copy of a part of a string by `String.Substring` at Word.cs:9" }).ClickAsync();
        await Expect(page["#detail h2"]).ToHaveTextAsync("DocSearch.Word.ToTerm()");
        await page["#advice-filter"].FillAsync("MemberReader repeated");
        await Expect(page["#advice tbody tr"]).ToHaveCountAsync(0);
        AssertQuiet(page);
    }

    [Test]
    public async Task The_chosen_method_shows_histograms_sites_and_neighbours()
    {
        await using var page = await OpenAsync(_recorded);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "DocSearch.Word.ToTerm()" }).ClickAsync();
        var method = _recorded.Methods.Single(static m => m.Name == "DocSearch.Word.ToTerm()");
        await Expect(page["#detail h2"]).ToHaveTextAsync("DocSearch.Word.ToTerm()");
        await Expect(page["#methods tr.chosen"]).ToContainTextAsync("Word.ToTerm()");
        await Expect(page["#detail svg"]).ToHaveCountAsync(2);
        await Expect(page["#detail svg >> nth=0 >> rect"]).ToHaveCountAsync(method.Time.Histogram.Counts.Length);
        await Expect(page["#detail svg >> nth=1 >> rect"]).ToHaveCountAsync(method.Allocated.Histogram.Counts.Length);
        await Expect(page["#detail"]).ToContainTextAsync("Source.Substring(Start, Length)");
        await Expect(page["#detail"]).ToContainTextAsync($"Folding.Fold(string)");
        await page["#detail"].GetByRole(AriaRole.Button, new() { Name = "Folding.Fold(string)" }).ClickAsync();
        await Expect(page["#detail h2"]).ToHaveTextAsync("DocSearch.Folding.Fold(string)");
        AssertQuiet(page);
    }

    [Test]
    public async Task Rows_are_reached_by_arrows_and_opened_by_Enter()
    {
        await using var page = await OpenAsync(_recorded);
        await page["#methods .name >> nth=0"].FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(page["#methods .name >> nth=2"]).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page["#methods tbody tr >> nth=2"]).ToHaveClassAsync("chosen");
        Assert.That(await page["#methods .name[tabindex='0']"].CountAsync(), Is.EqualTo(1), "the Tab key stops once in the table");
        AssertQuiet(page);
    }

    [Test]
    public async Task Operations_have_a_table_and_one_of_them_can_be_seen_alone_in_the_graph()
    {
        var snapshot = MadeSnapshot.WithOperations;
        await using var page = await OpenAsync(snapshot);
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Operations" }).ClickAsync();
        await Expect(page["#operations tbody tr"]).ToHaveCountAsync(2);
        await page["#operations-filter"].FillAsync("imp");
        await Expect(page["#operations tbody tr"]).ToHaveCountAsync(1);
        await page["#operations .name"].ClickAsync();
        await Expect(page["canvas"]).ToHaveAttributeAsync("data-zoom", "all self time in import");
        await Expect(page["#graph-title"]).ToHaveTextAsync("Where it goes in import");
        // The widest frame is the largest root of the operation, and not that of all.
        await page["canvas"].FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(page["#announcer"]).ToContainTextAsync("LeanPartition.Add(int, Document): time with what it called");
        await page["#operations .name"].ClickAsync();
        await Expect(page["canvas"]).ToHaveAttributeAsync("data-zoom", "all self time");
        AssertQuiet(page);
    }

    [Test]
    public async Task A_page_of_one_operation_shows_its_methods_without_what_is_not_known()
    {
        var snapshot = OperationFilter.Of(MadeSnapshot.WithOperations, "import");
        await using var page = await OpenAsync(MadeSnapshot.WithOperations, "--operation", "import");
        await Expect(page["#methods tbody tr"]).ToHaveCountAsync(snapshot.Methods.Count(static m => m.Calls > 0));
        Assert.That(await page["#methods thead th button"].AllTextContentsAsync(), Does.Contain("B self").And.Not.Contain("p99"));
        await page["#methods .name >> nth=0"].ClickAsync();
        await Expect(page["#detail .facts"]).ToContainTextAsync("B self");
        await Expect(page["#run"]).ToContainTextAsync(OperationFilter.Unknown);
        AssertQuiet(page);
    }

    [Test]
    public async Task The_graph_zooms_by_mouse_and_by_keyboard()
    {
        await using var page = await OpenAsync(_recorded);
        Assert.That(await page.GraphAsync("contexts"), Is.EqualTo($"{_recorded.Contexts.Length}"));
        Assert.That(await page.GraphAsync("metric"), Is.EqualTo("time"));
        await page["canvas"]
            .ClickAsync(
                new()
                {
                    Position = new() { X = 300, Y = 31 },
                }
            );
        await Expect(page["canvas"]).ToHaveAttributeAsync("data-zoom", "IndexPartition.Add(int, Document)");
        await Expect(page["#crumbs [aria-current]"]).ToHaveTextAsync("IndexPartition.Add(int, Document)");
        await Expect(page["#detail h2"]).ToContainTextAsync("IndexPartition.Add");
        await page["canvas"].FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(page["canvas"]).ToHaveAttributeAsync("data-cursor", "Tally.Of<T>(IEnumerable<T>)");
        await Expect(page["#announcer"]).ToContainTextAsync("Tally.Of<T>(IEnumerable<T>): time with what it called");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page["#crumbs [aria-current]"]).ToHaveTextAsync("Tally.Of<T>(IEnumerable<T>)");
        await page.PictureAsync("zoomed");
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page["canvas"]).ToHaveAttributeAsync("data-zoom", "IndexPartition.Add(int, Document)");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Reset zoom" }).ClickAsync();
        await Expect(page["canvas"]).ToHaveAttributeAsync("data-zoom", "all self time");
        AssertQuiet(page);
    }

    [Test]
    public async Task The_graph_is_by_bytes_too_and_finds_methods()
    {
        await using var page = await OpenAsync(_recorded);
        await page.Page.GetByText("Bytes", new() { Exact = true }).ClickAsync();
        await Expect(page["canvas"]).ToHaveAttributeAsync("data-metric", "bytes");
        await page["#graph-search"].FillAsync("memberreader");
        await Expect(page["canvas"]).Not.ToHaveAttributeAsync("data-matches", "0");
        // ReadMembers calls the other methods that match. So all together have its bytes, counted once.
        var readMembers = _recorded.Contexts.Single(c =>
            c.Method is { } m && _recorded.Methods[m].Name.StartsWith("DocSearch.MemberReader.ReadMembers", StringComparison.Ordinal)
        );
        long below = _recorded.Contexts.Where(c => IsBelow(c, readMembers.Id)).Sum(static c => c.SelfBytes);
        await Expect(page["#crumbs .found"]).ToContainTextAsync(Units.Bytes(below));
        await page.PictureAsync("search");
        AssertQuiet(page);

        bool IsBelow(ContextNode context, int id) => context.Id == id || context.Parent is { } parent && IsBelow(_recorded.Contexts[parent], id);
    }

    [Test]
    public async Task Light_and_dark_follow_the_system_or_the_reader()
    {
        await using var light = await OpenAsync(_recorded);
        await using var dark = await Chromium.OpenAsync(_folder["page.html"], ColorScheme.Dark);
        const string Paper = "getComputedStyle(document.body).backgroundColor";
        string lightPaper = await light.Page.EvaluateAsync<string>(Paper),
            darkPaper = await dark.Page.EvaluateAsync<string>(Paper);
        Assert.That(darkPaper, Is.Not.EqualTo(lightPaper));
        await dark.PictureAsync("dark");
        var theme = light.Page.GetByRole(AriaRole.Button, new() { Name = "Theme: auto" });
        await theme.ClickAsync();
        Assert.That(await light.Page.EvaluateAsync<string>(Paper), Is.EqualTo(lightPaper));
        await light["#theme"].ClickAsync();
        await Expect(light["#theme"]).ToHaveTextAsync("Theme: dark");
        Assert.That(await light.Page.EvaluateAsync<string>(Paper), Is.EqualTo(darkPaper));
        // The graph was painted again: a pixel of the root frame is dark.
        Assert.That(
            await light.Page.EvaluateAsync<int>("document.querySelector('canvas').getContext('2d').getImageData(600, 10, 1, 1).data[0]"),
            Is.LessThan(100)
        );
        AssertQuiet(light);
        AssertQuiet(dark);
    }

    [Test]
    public async Task Text_can_be_read_on_its_background([Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme)
    {
        Export(_recorded);
        await using var page = await Chromium.OpenAsync(_folder["page.html"], scheme);
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Advice" }).ClickAsync();
        // The contrast of each text with its background, as WCAG 2 defines it. Level AA needs 4.5.
        string[] poor = await page.Page.EvaluateAsync<string[]>(
            """
            () => {
              const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
              const rgb = color => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
              const luminance = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(c => c / 255 <= .03928 ? c / 255 / 12.92 : ((c / 255 + .055) / 1.055) ** 2.4); return .2126 * x + .7152 * y + .0722 * z; };
              const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255]; };
              const poor = new Set();
              for (const e of document.querySelectorAll('body *')) {
                if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || e.closest('svg, script, [hidden], .skip') || !e.checkVisibility())
                  continue;
                const [a, b] = [luminance(rgb(getComputedStyle(e).color)), luminance(behind(e))];
                const contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
                if (contrast < 4.5)
                  poor.add(`${e.tagName}.${e.className}: ${contrast.toFixed(2)}`);
              }
              return [...poor];
            }
            """
        );
        Assert.That(poor, Is.Empty);
    }

    [Test]
    public async Task What_screen_readers_need_is_there()
    {
        await using var page = await OpenAsync(_recorded);
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(page[".skip"]).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page["#tables"]).ToBeFocusedAsync();
        Assert.That(
            await page.Page.EvaluateAsync<string[]>(
                """
                () => [
                  ...[...document.querySelectorAll('table')].filter(t => !t.caption?.textContent).map(t => 'no caption: ' + t.id),
                  ...[...document.querySelectorAll('th')].filter(t => !t.scope).map(t => 'no scope: ' + t.textContent),
                  ...[...document.querySelectorAll('button, input')].filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.closest('label'))).map(e => 'no name: ' + e.outerHTML),
                  ...[...document.querySelectorAll('svg')].filter(e => e.getAttribute('role') !== 'img' || !e.getAttribute('aria-label')).map(() => 'a chart without a name'),
                  ...[...document.querySelectorAll('[aria-controls], [aria-labelledby], [aria-describedby]')].flatMap(e => ['aria-controls', 'aria-labelledby', 'aria-describedby'].map(a => e.getAttribute(a))).filter(id => id && !document.getElementById(id)).map(id => 'no element ' + id),
                  ...[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i).map(id => 'twice: ' + id),
                ]
                """
            ),
            Is.Empty
        );
        Assert.That(await page.Page.EvaluateAsync<string>("document.documentElement.lang"), Is.EqualTo("en"));
        AssertQuiet(page);
    }

    [Test]
    public async Task Nothing_leaves_the_page()
    {
        await using var page = await OpenAsync(_recorded);
        Assert.That(
            page.Requests.Where(static url => !url.StartsWith("data:", StringComparison.Ordinal)),
            Is.EqualTo(new[] { new Uri(_folder["page.html"]).AbsoluteUri })
        );
        AssertQuiet(page);
        // The page cannot send anything, even if a script tries. The policy forbids it, and no server gets a request.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        string outcome = await page.Page.EvaluateAsync<string>(
            $$"""
            async () => {
              const image = new Image();
              const seen = new Promise(done => { image.onload = () => done('image loaded'); image.onerror = () => done('no image'); });
              image.src = '{{address}}a.png';
              const fetched = await fetch('{{address}}').then(() => 'fetched', () => 'no fetch');
              const script = document.createElement('script');
              script.textContent = 'window.ran = true';
              document.body.append(script);
              return [fetched, await seen, window.ran ? 'script ran' : 'no script'].join(', ');
            }
            """
        );
        Assert.That(outcome, Is.EqualTo("no fetch, no image, no script"));
        Assert.That(listener.Pending(), Is.False, "nobody connected");
    }

    [Test]
    public async Task Names_and_texts_of_a_snapshot_are_text()
    {
        const string Attack = "</script><script>window.broken = 1</script><img src=x onerror='window.broken = 1'>\u2028@data @script ${1} `'\"";
        var method = _recorded.Methods.Single(static m => m.Name == "DocSearch.MemberReader.ReadText(XmlReader)");
        var hostile = _recorded with
        {
            Process = _recorded.Process with
            {
                App = Attack,
                Runtime = Attack,
                Os = Attack,
                Environment = new() { [Attack] = Attack },
            },
            Methods =
            [
                .. _recorded.Methods.Select(m =>
                    m != method
                        ? m
                        : m with
                        {
                            Name = Attack,
                            File = Attack,
                            WithoutSites = Attack,
                            Sites = [.. m.Sites!.Select(static s => s with { Type = Attack, Text = Attack })],
                            Pooled =
                            [
                                .. _recorded
                                    .Methods.SelectMany(static p => p.Pooled ?? [])
                                    .Select(static p => p with { Parameter = Attack, Element = Attack }),
                            ],
                        }
                ),
            ],
            Notes = [Attack],
            Coverage =
            [
                new()
                {
                    Name = Attack,
                    File = Attack,
                    Line = 1,
                    Reason = Attack,
                },
            ],
        };
        await using var page = await OpenAsync(hostile);
        await Expect(page["h1"]).ToHaveTextAsync(Attack.Replace("\u2028", @"\u2028", StringComparison.Ordinal));
        await Expect(page["#detail h2"]).ToContainTextAsync("</script><script>window.broken = 1</script>");
        foreach (string tab in (string[])["Sites", "Advice", "Pools", "Not measured"])
        {
            await page.Page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
        }

        await page["canvas"]
            .HoverAsync(
                new()
                {
                    Position = new() { X = 1250, Y = 73 },
                }
            );
        Assert.That(await page.Page.EvaluateAsync<bool>("'broken' in window"), Is.False);
        Assert.That(
            await page.Page.EvaluateAsync<int>("document.scripts.length * 100 + document.images.length"),
            Is.EqualTo(200),
            "the payload and the script, no image"
        );
        Assert.That(page.Requests, Has.Count.EqualTo(1 + page.Requests.Count(static url => url.StartsWith("data:", StringComparison.Ordinal))));
        AssertQuiet(page);
    }

    [Test]
    public async Task A_thousand_methods_and_twenty_thousand_contexts_answer()
    {
        var large = MadeSnapshot.Large(1_000, 20_000);
        await using var page = await OpenAsync(large);
        await Expect(page["#methods tbody tr"]).ToHaveCountAsync(250);
        await page.PictureAsync("large");
        await Expect(page["#panel-methods .more"]).ToHaveTextAsync("Show 250 more of 750");
        await page["#panel-methods .more"].ClickAsync();
        await Expect(page["#methods tbody tr"]).ToHaveCountAsync(500);
        Assert.That(await page.GraphAsync("contexts"), Is.EqualTo("20000"));
        int drawn = int.Parse((await page.GraphAsync("drawn"))!, CultureInfo.InvariantCulture);
        Assert.That(drawn, Is.InRange(1_000, 20_000));
        // Zooming in shows frames that were too narrow to draw.
        await page["canvas"].FocusAsync();
        for (int depth = 0; depth < 25; depth++)
        {
            await page.Page.Keyboard.PressAsync("ArrowDown");
        }

        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page["canvas"]).Not.ToHaveAttributeAsync("data-zoom", "all self time");
        await page["#graph-search"].FillAsync("Type003");
        await Expect(page["#crumbs .found"]).ToContainTextAsync("frame(s) match");
        await page["#methods-filter"].FillAsync("Method0999");
        await Expect(page["#methods tbody tr"]).ToHaveCountAsync(1);
        await page.Page.GetByRole(AriaRole.Columnheader, new() { Name = "mean" }).First.GetByRole(AriaRole.Button).ClickAsync();
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Sites" }).ClickAsync();
        await Expect(page["#panel-sites output"]).ToHaveTextAsync($"{large.Methods.Sum(static m => m.Sites!.Length):N0} sites");
        AssertQuiet(page);
    }

    [Test]
    public async Task Without_a_clock_there_is_no_time()
    {
        await using var page = await OpenAsync(
            _recorded with
            {
                Process = _recorded.Process with
                {
                    Clock = new() { Kind = ClockKind.None, Frequency = 0 },
                },
            }
        );
        await Expect(page["canvas"]).ToHaveAttributeAsync("data-metric", "bytes");
        await Expect(page["#methods thead th"]).ToHaveTextAsync(["method", "calls", "failed", "B/call", "B p95", "B total", "B self"]);
        await Expect(page["#graph-controls fieldset"]).ToHaveCountAsync(0);
        AssertQuiet(page);
    }

    [Test]
    public async Task Where_nothing_was_called_the_page_says_so()
    {
        await using var page = await OpenAsync(
            _recorded with
            {
                Contexts = [],
                Methods =
                [
                    .. _recorded.Methods.Select(static m => m with { Calls = 0, Open = 0, Sites = m.Sites is null ? null : [], Pooled = null }),
                ],
            }
        );
        await Expect(page["#detail"]).ToHaveTextAsync("No hot method was called.");
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Not called" }).ClickAsync();
        await Expect(page["#panel-not-called tbody tr"]).ToHaveCountAsync(26);
        AssertQuiet(page);
    }

    [Test]
    public async Task A_narrow_window_has_no_scroll_bar_of_its_own()
    {
        Export(_recorded);
        await using var page = await Chromium.OpenAsync(_folder["page.html"], width: 420, height: 900);
        Assert.That(await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.EqualTo(420));
        await page.PictureAsync("narrow");
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Advice" }).ClickAsync();
        Assert.That(await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.EqualTo(420));
        await page["#advice"].ScrollIntoViewIfNeededAsync();
        await page.PictureAsync("advice-narrow");
        AssertQuiet(page);
    }

    [Test]
    public async Task Two_sets_are_one_page_of_changes()
    {
        var gone = _recorded.Methods.Single(static m => m.Name == "DocSearch.Folding.LowerCase(string)");
        var grown = _recorded.Methods.Single(static m => m.Name == "DocSearch.Word.ToTerm()");
        var newer = _recorded with
        {
            Methods =
            [
                .. _recorded.Methods.Select(m =>
                    m == gone ? m with { Id = m.Id + "2", Name = "DocSearch.Folding.Lower(string)" }
                    : m.Name.StartsWith("DocSearch.Tokenizer.Split", StringComparison.Ordinal)
                        ? m with
                        {
                            Id = m.Id.Replace("DocSearch", "Elsewhere", StringComparison.Ordinal),
                            Name = "Elsewhere.Tokenizer.Split(string)",
                            Time = m.Time with { MeanNs = m.Time.MeanNs + 5_000 },
                        }
                    : m == grown
                        ? m with
                        {
                            Allocated = m.Allocated with
                            {
                                SelfBytes = m.Allocated.SelfBytes + 700_000_000,
                                InclusiveBytes = m.Allocated.InclusiveBytes + 700_000_000,
                                MeanBytes = m.Allocated.MeanBytes + 24,
                            },
                        }
                    : m
                ),
            ],
            Contexts =
            [
                .. _recorded.Contexts.Select(c => _recorded.Methods[c.Method!.Value] == grown ? c with { SelfBytes = c.SelfBytes + 700_000_000 } : c),
            ],
        };
        string before = MadeSnapshot.Write(_folder, _recorded, "base.hotpath.json"),
            after = MadeSnapshot.Write(_folder, newer, "new.hotpath.json");
        ToolRun.Of("export", before, "--to", after, "-f", "html", "-o", _folder["two.html"]).MustSucceed();
        await using var page = await Chromium.OpenAsync(_folder["two.html"]);
        await Expect(page[".warning"].Filter(new() { HasText = "So few runs cannot prove any change of time" })).ToHaveCountAsync(1);
        await Expect(page["#methods tbody tr"]).ToHaveCountAsync(27);
        await Expect(page["#methods tbody tr >> nth=0"]).ToContainTextAsync("Word.ToTerm()");
        await Expect(page["#methods tbody tr >> nth=0 >> .worse"]).ToHaveTextAsync(["+24 B", "+700 MB"]);
        await Expect(page["#methods tr"].Filter(new() { HasText = "Folding.Lower(string)" }).Locator(".badge")).ToContainTextAsync(["new"]);
        await Expect(page["#methods tr"].Filter(new() { HasText = "Folding.LowerCase(string)" }).Locator(".badge")).ToContainTextAsync(["gone"]);
        // This method moved to another namespace, so it is neither new nor gone. One run proves nothing about its time.
        var moved = page["#methods tr"].Filter(new() { HasText = "Tokenizer.Split(string)" });
        await Expect(moved).ToHaveCountAsync(1);
        await Expect(moved).ToContainTextAsync("~ +5.00 µs");
        await Expect(moved.Locator(".worse")).ToHaveCountAsync(0);
        await page.PictureAsync("comparison");
        await page.Page.GetByText("Bytes", new() { Exact = true }).ClickAsync();
        await page.Page.GetByText("Base", new() { Exact = true }).ClickAsync();
        await page["#graph-search"].FillAsync("Folding.LowerCase");
        await Expect(page["canvas"]).Not.ToHaveAttributeAsync("data-matches", "0");
        await page.Page.GetByText("New", new() { Exact = true }).ClickAsync();
        await Expect(page["canvas"]).ToHaveAttributeAsync("data-matches", "0");
        AssertQuiet(page);
    }

    [Test]
    public async Task Where_nothing_is_proved_nothing_is_said_to_have_changed()
    {
        ToolRun.Of("export", RecordedRuns.Before, "--to", RecordedRuns.Again, "-f", "html", "-o", _folder["same.html"]).MustSucceed();
        await using var page = await Chromium.OpenAsync(_folder["same.html"]);
        await Expect(page["#methods .worse, #methods .better"]).ToHaveCountAsync(0);
        await Expect(page["#tiles .tile >> nth=0"]).ToContainTextAsync("no change is proved");
        await Expect(page["#tiles .tile >> nth=1"]).ToContainTextAsync("no change is proved");
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Sites" }).ClickAsync();
        await Expect(page["#sites td:last-child:is(.worse, .better)"]).ToHaveCountAsync(0);
        AssertQuiet(page);
    }

    [Test]
    public async Task A_change_of_time_alone_opens_the_page()
    {
        using var folder = new TemporaryFolder();
        // The runs of the unchanged build, with the times of one method from the changed build.
        string after = RecordedRuns.Timed(folder, RecordedRuns.After, RecordedRuns.Again);
        ToolRun.Of("export", RecordedRuns.Before, "--to", after, "-f", "html", "-o", _folder["time.html"]).MustSucceed();
        await using var page = await Chromium.OpenAsync(_folder["time.html"]);
        await Expect(page["#detail h2"]).ToHaveTextAsync("Shop.Work.Spin()");
        await Expect(page["#methods tbody tr >> nth=0"]).ToContainTextAsync("Work.Spin()");
        AssertQuiet(page);
    }

    [Test]
    public async Task A_change_is_shown_as_one_where_the_runs_prove_it()
    {
        const int selfChange = 7,
            bytesSelfChange = 11;
        ToolRun.Of("export", RecordedRuns.Before, "--to", RecordedRuns.After, "-f", "html", "-o", _folder["shop.html"]).MustSucceed();
        await using var page = await Chromium.OpenAsync(_folder["shop.html"]);
        // There are six runs on each side. One method became slower, one allocates more, one allocates less, and one has another name.
        await Expect(Row("Work.Spin()").Locator(".worse")).ToHaveTextAsync([new Regex("^\\+.* µs$"), new Regex("^\\+.* ms$")]);
        await Expect(Row("Cart.Describe()").Locator(".worse")).ToHaveTextAsync(["+48 B", "+192 KB"]);
        await Expect(Row("Cart.Describe()")).ToContainTextAsync("~ +");
        await Expect(Row("Parser.CountWords(string)").Locator(".better")).ToHaveTextAsync(["−160 B", "−320 KB"]);
        await Expect(page["#detail .facts div"].Filter(new() { HasText = "B/call" })).ToContainTextAsync("0 B−160 B, −100.0 %");
        await Expect(page["#detail .facts div"].Filter(new() { HasText = "mean" })).ToContainTextAsync("354 ns~ +59 ns");
        // What is of one call changes with its mean; what is not compared is by run, too, if it is a sum.
        await Expect(page["#detail .facts div"].Filter(new() { HasText = "p99" })).ToContainTextAsync("136 ns~ −6.78 µs");
        await Expect(page["#detail .facts div"].Filter(new() { HasText = "B p95" })).ToContainTextAsync("0 B−160 B");
        await Expect(page["#detail .facts div"].Filter(new() { HasText = "threads" })).ToContainTextAsync("2.3 / run");
        await Expect(page["#sites thead th"]).ToHaveTextAsync(["site", "kind", "hits / run", "Δ", "B/hit", "Δ", "B total / run", "Δ"]);
        await Expect(page["#advice thead th"]).ToHaveTextAsync(["cause and remedy", "saves / run", "hits / run", "B/hit", "B total / run", "of all"]);
        await Expect(page[".warning"]).ToHaveCountAsync(0);
        await page.PictureAsync("runs-compared");
        // The largest proved change comes first, whether it is up or down. Changes that may be chance come last, however large they are.
        Assert.That(await Changes(bytesSelfChange), Is.EqualTo(new[] { "−320 KB", "+192 KB" }.Concat(Enumerable.Repeat("=", 6)).Append("~ +5.3 B")));
        await Expect(page["#detail h2"]).ToHaveTextAsync("Shop.Parser.CountWords(string)");
        await page[$"#methods th:nth-child({selfChange}) button"].ClickAsync();
        string[] times = await Changes(selfChange);
        Assert.That(times[..3].Select(static text => text[..4]), Is.EqualTo(new[] { "+2.8", "+25.", "−17." }), string.Join(", ", times));
        Assert.That(times[3..], Has.All.StartsWith("~ ").And.Some.EndsWith("ms"));
        await page[$"#methods th:nth-child({selfChange}) button"].ClickAsync();
        Assert.That((await Changes(selfChange))[..3].Select(static text => text[..4]), Is.EqualTo(new[] { "−17.", "+25.", "+2.8" }));
        await Expect(page["#tiles .tile >> nth=0"]).ToContainTextAsync("−128 KB, −11.9 %");
        AssertQuiet(page);

        Task<string[]> Changes(int column) => page.ColumnAsync("methods", column);

        ILocator Row(string method) =>
            page["#methods tr"].Filter(new() { Has = page.Page.GetByRole(AriaRole.Button, new() { Name = "Shop." + method, Exact = true }) });
    }

    [Test]
    public async Task Estimates_have_a_mark_and_their_intervals()
    {
        await using var page = await OpenAsync(SampledRuns.WithMargins(SampledRuns.Light));
        var row = page["#methods tr"].Filter(new() { HasText = "Names.Of(int)" });
        await Expect(row.Locator(".badge").First).ToHaveTextAsync("±70.6 %");
        await Expect(row.Locator(".badge").First)
            .ToHaveAttributeAsync("title", new Regex("^Estimated from a sample: mean 189 ns ± 130 \\(95 %\\), 3,601 of 400,000 calls recorded, "));
        await Expect(page["#detail h2"]).ToContainTextAsync("Names.Of(int)");
        await Expect(page["#detail .note >> nth=0"])
            .ToHaveTextAsync(
                "Estimated from a sample: mean 189 ns ± 130 (95 %), 3,601 of 400,000 calls recorded, total 75.9 ms ± 53, p95 50 ns to 3.71 µs, "
                    + "bytes of a call 335 B ± 21, total 134 MB ± 8.2."
            );
        await page.PictureAsync("estimates");
        // Every call of this method was recorded.
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sampled.Work.Spin()" }).ClickAsync();
        await Expect(page["#detail h2"]).ToContainTextAsync("Work.Spin()");
        await Expect(page["#detail"]).Not.ToContainTextAsync("Estimated");
        AssertQuiet(page);
    }

    [Test]
    public async Task A_difference_within_the_interval_of_estimates_is_no_change()
    {
        SnapshotDocument Edit(SnapshotDocument document) =>
            SampledRuns.Sampled(SampledRuns.Sampled(document, "Shop.Work.Spin()", 1e6, 0), "Shop.Cart.Describe()", 1e6, 1e6);
        string before = SampledRuns.Edit(_folder, RecordedRuns.Before, Edit),
            after = SampledRuns.Edit(_folder, RecordedRuns.After, Edit);
        ToolRun.Of("export", before, "--to", after, "-f", "html", "-o", _folder["within.html"]).MustSucceed();
        await using var page = await Chromium.OpenAsync(_folder["within.html"]);
        // The same figures are proved changes where they are exact: see A_change_is_shown_as_one_where_the_runs_prove_it.
        foreach (string method in new[] { "Work.Spin()", "Cart.Describe()" })
        {
            var row = page["#methods tr"]
                .Filter(new() { Has = page.Page.GetByRole(AriaRole.Button, new() { Name = "Shop." + method, Exact = true }) });
            await Expect(row).ToContainTextAsync("~ +");
            await Expect(row.Locator(".worse, .better")).ToHaveCountAsync(0);
        }

        await Expect(page["[title*='within the 95 % interval of estimates from a sample of calls']"]).Not.ToHaveCountAsync(0);
        AssertQuiet(page);
    }

    [Test]
    public async Task Lines_of_hot_sites_are_shown_where_their_files_are_there()
    {
        Directory.CreateDirectory(_folder["source"]);
        File.WriteAllLines(
            Path.Combine(_folder["source"], "Word.cs"),
            Enumerable
                .Range(1, 12)
                .Select(static line =>
                    line == 9 ? "    public string ToTerm() => Folding.Fold(Source.Substring(Start, Length)); // <here>" : $"// line {line}"
                )
        );
        File.WriteAllLines(Path.Combine(_folder["source"], "secret.txt"), Enumerable.Repeat("not to be passed on", 40));
        var method = _recorded.Methods.Single(static m => m.Name == "DocSearch.Tally.Of<T>(IEnumerable<T>)");
        var moved = _recorded with
        {
            Process = _recorded.Process with { Assemblies = [new() { Name = "DocSearch", Directory = _folder["source"] }] },
            Methods = [.. _recorded.Methods.Select(m => m == method ? m with { File = "secret.txt" } : m)],
        };
        await using var page = await OpenAsync(moved);
        Assert.That(File.ReadAllText(_folder["page.html"]), Does.Not.Contain("not to be passed on"));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "DocSearch.Word.ToTerm()" }).ClickAsync();
        await Expect(page[".source .hot"]).ToHaveCountAsync(1);
        await Expect(page[".source .hot"]).ToContainTextAsync("// <here>");
        await Expect(page[".source .hot span >> nth=1"]).ToHaveTextAsync("9");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "DocSearch.MemberReader.ReadText(XmlReader)" }).ClickAsync();
        await Expect(page[".source"]).ToHaveCountAsync(0);
        AssertQuiet(page);
    }

    private async Task<OpenPage> OpenAsync(SnapshotDocument snapshot, params string[] options)
    {
        Export(snapshot, options);
        return await Chromium.OpenAsync(_folder["page.html"]);
    }

    private void Export(SnapshotDocument snapshot, params string[] options) =>
        ToolRun.Of(["export", MadeSnapshot.Write(_folder, snapshot), "-f", "html", "-o", _folder["page.html"], .. options]).MustSucceed();

    private static string[] Titles(Table table) => [.. table.Shown().Select(place => table.Columns[place].Title)];

    private static void AssertQuiet(OpenPage page) => Assert.That(page.Errors, Is.Empty, "console");
}
