using System.Text;
using HotPathGen.Generator.Models;

namespace HotPathGen.Generator.Emission;

/// <summary>Prints the code that gets pooled buffers for a core and gives them back after it.</summary>
internal static class PooledEmitter
{
    private const string SkipsInit = "[global::System.Runtime.CompilerServices.SkipLocalsInit]\n";

    /// <summary>Prints a method that provides the buffers, calls the core and takes the buffers back.</summary>
    /// <param name="provision">What the method provides.</param>
    /// <param name="head">The head of the method.</param>
    /// <param name="returns">How the call hands back its result.</param>
    /// <param name="call">The call of the core.</param>
    /// <param name="words">The calls of the pool.</param>
    public static string Method(ProvisionModel provision, string head, PairReturn returns, string call, PooledWords words)
    {
        string body = End(provision.Flow, returns, call);
        for (int i = provision.Buffers.Count - 1; i >= 0; i--)
        {
            bool shares = provision.Arena?.Members.Contains(i) == true;
            body =
                !shares ? Provide(provision.Buffers[i], i, body, words)
                : i == provision.Arena!.Members[0] ? ProvideArena(provision, provision.Arena, body, words)
                : body;
        }

        return $$"""
            {{(provision.SkipsInit ? SkipsInit : "")}}{{head}}
            {
            {{Indented(body)}}
            }
            """;
    }

    private static string ProvideArena(ProvisionModel provision, ArenaModel arena, string inner, PooledWords words)
    {
        PooledModel[] members = [.. arena.Members.Select(i => provision.Buffers[i])];
        string lengths = string.Concat(members.Select(member => $"// {member.Source}\n{Length(member, checks: true)}"));
        var starts = new StringBuilder("// One piece of memory, in which each begins at a multiple of 8 bytes.\n");
        for (int i = 1; i < members.Length; i++)
        {
            starts.Append(
                $"long {members[i].StartLocal} = ({(i == 1 ? "" : members[i - 1].StartLocal + " + ")}(long){members[i - 1].LengthLocal} * {members[i - 1].ElementSize} + 7) & ~7L;\n"
            );
        }

        var last = members[members.Length - 1];
        string rent = words.RentArena(arena);
        string spans = string.Join(
            "\n",
            members.Select(
                (member, i) =>
                    (
                        $"global::System.Span<{member.Element}> {member.Local} = global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, "
                        + $"{member.Element}>({arena.Local}.Slice({(i == 0 ? "0" : $"(int){member.StartLocal}")}, {member.LengthLocal} * {member.ElementSize}));"
                    )
            )
        );
        string get =
            arena.StackLimit == 0
                ? $"""
                    byte[] {arena.RentedLocal} = {rent};
                    global::System.Span<byte> {arena.Local} = {arena.RentedLocal};
                    """
                : $"""
                    byte[] {arena.RentedLocal} = null;
                    global::System.Span<byte> {arena.Local} = {arena.LengthLocal} <= {arena.StackLimit} ? stackalloc byte[{arena.StackLimit}] : ({arena.RentedLocal} = {rent});
                    """;
        string clear = string.Concat(members.Select(member => member.Clear.Length > 0 ? $"{member.Local}.Clear();\n" : ""));
        string back = words.ReturnArena(arena);
        string parameter = GeneratedText.Literal(last.Parameter);
        return $$"""
            {{lengths}}{{starts}}long {{arena.LengthLocal}} = {{last.StartLocal}} + (long){{last.LengthLocal}} * {{last.ElementSize}};
            if ({{arena.LengthLocal}} > int.MaxValue)
                throw new global::System.ArgumentOutOfRangeException({{parameter}}, {{last.LengthLocal}}, "The pooled buffers of a call are at most int.MaxValue bytes together.");
            {{get}}
            {{spans}}{{words.GotArena(arena, members)}}
            try
            {
            {{Indented(inner)}}
            }
            finally
            {
            {{Indented(clear + (arena.StackLimit == 0 ? back + ";" : $"if ({arena.RentedLocal} != null)\n{Body(back)}"))}}
            }
            """;
    }

    private static string Provide(PooledModel buffer, int index, string inner, PooledWords words)
    {
        string got = $"""
            // {buffer.Source}
            {Length(buffer, checks: !ChecksLate(buffer))}{Pool(buffer)}{Get(buffer, index, words)}{words.Got(buffer, index)}
            """;
        string back = Back(buffer, index, words);
        return back.Length == 0
            ? $"""
                {got}
                {inner}
                """
            : $$"""
                {{got}}
                try
                {
                {{Indented(inner)}}
                }
                finally
                {
                {{Indented(back)}}
                }
                """;
    }

    /// <summary>The statements that compute the length and check it. The check is left out if it can wait until something is rented.</summary>
    private static string Length(PooledModel buffer, bool checks)
    {
        if (buffer.Kind == PooledKind.Object || buffer.IsConstant)
        {
            return "";
        }

        string parameter = GeneratedText.Literal(buffer.Parameter);
        return buffer.LengthIsLong
            ? $$"""
                long {{buffer.LengthLocal}}Asked = {{buffer.Length}};
                if ({{buffer.LengthLocal}}Asked < 0 || {{buffer.LengthLocal}}Asked > int.MaxValue)
                    throw new global::System.ArgumentOutOfRangeException({{parameter}}, {{buffer.LengthLocal}}Asked, "The length of a pooled buffer is from 0 to int.MaxValue.");
                int {{buffer.LengthLocal}} = (int){{buffer.LengthLocal}}Asked;

                """
            : $"int {buffer.LengthLocal} = {buffer.Length};\n{(checks ? Refuse(buffer) : "")}";
    }

    private static string Refuse(PooledModel buffer)
    {
        string parameter = GeneratedText.Literal(buffer.Parameter);
        return $"""
            if ({buffer.LengthLocal} < 0)
                throw new global::System.ArgumentOutOfRangeException({parameter}, {buffer.LengthLocal}, "The length of a pooled buffer is from 0 to int.MaxValue.");

            """;
    }

    /// <summary>
    /// Whether the check of a length can wait. A length that fits the stack is not negative, so that one comparison is enough for both.
    /// </summary>
    private static bool ChecksLate(PooledModel buffer) =>
        buffer is { Kind: PooledKind.Span, StackCapacity.Length: > 0, IsConstant: false, LengthIsLong: false };

    private static string Pool(PooledModel buffer) => buffer.KeepsPool ? $"var {buffer.PoolLocal} = {buffer.Pool};\n" : "";

    private static string Get(PooledModel buffer, int index, PooledWords words)
    {
        string rent = words.Rent(buffer, index);
        string span = $"global::System.Span<{buffer.Element}>";
        return buffer switch
        {
            { Kind: PooledKind.Span, AlwaysOnStack: true } => $"{span} {buffer.Local} = stackalloc {buffer.Element}[{buffer.LengthLocal}];",
            { Kind: PooledKind.Span, StackCapacity.Length: > 0, IsConstant: true } => $"""
                {buffer.Element}[] {buffer.RentedLocal} = null;
                {span} {buffer.Local} = {buffer.LengthLocal} <= {buffer.StackLimit} / {buffer.ElementSize} ? stackalloc {buffer.Element}[{buffer.LengthLocal}] : new {span}({buffer.RentedLocal} = {rent}, 0, {buffer.LengthLocal});
                """,
            { Kind: PooledKind.Span, StackCapacity.Length: > 0 } => $$"""
                {{buffer.Element}}[] {{buffer.RentedLocal}} = null;
                scoped {{span}} {{buffer.Local}};
                if (unchecked((uint){{buffer.LengthLocal}}) <= {{buffer.StackCapacity}})
                {
                    {{buffer.Local}} = stackalloc {{buffer.Element}}[{{buffer.StackCapacity}}];
                }
                else
                {
                {{Indented((ChecksLate(buffer) ? Refuse(buffer) : "") + $"{buffer.Local} = {buffer.RentedLocal} = {rent};")}}
                }

                {{buffer.Local}} = {{buffer.Local}}.Slice(0, {{buffer.LengthLocal}});
                """,
            { Kind: PooledKind.Span } => $"""
                {buffer.Element}[] {buffer.RentedLocal} = {rent};
                {span} {buffer.Local} = new {span}({buffer.RentedLocal}, 0, {buffer.LengthLocal});
                """,
            { Kind: PooledKind.List, AlwaysOnStack: true } =>
                $"var {buffer.Local} = new {buffer.Type}(stackalloc {buffer.Element}[{buffer.LengthLocal}], {Condition(buffer)});",
            { Kind: PooledKind.List, StackCapacity.Length: > 0 } => $"""
                var {buffer.Local} = new {buffer.Type}(stackalloc {buffer.Element}[{buffer.StackCapacity}], {Condition(buffer)});
                {buffer.Local}.EnsureCapacity({buffer.LengthLocal});
                """,
            { Kind: PooledKind.List } => $"""
                var {buffer.Local} = new {buffer.Type}({buffer.LengthLocal}, {Condition(buffer)});
                """,
            { Kind: PooledKind.Object } => $"var {buffer.RentedLocal} = {rent};",
            _ => $"{buffer.Element}[] {buffer.RentedLocal} = {rent};",
        };
    }

    private static string Condition(PooledModel buffer) => buffer.Clear.Length == 0 ? "false" : buffer.Clear;

    private static string Back(PooledModel buffer, int index, PooledWords words)
    {
        if (buffer.Kind == PooledKind.List)
        {
            return words.Done(buffer, index) + $"{buffer.Local}.Dispose();";
        }

        string cleared = buffer.Kind switch
        {
            PooledKind.Span => $"{buffer.Local}.Clear();",
            PooledKind.Array => $"global::System.Array.Clear({buffer.RentedLocal}, 0, {buffer.RentedLocal}.Length);",
            _ => $"global::System.Array.Clear({buffer.RentedLocal}, 0, {buffer.LengthLocal});",
        };
        string clear = buffer.Clear switch
        {
            "" => "",
            "true" => cleared + "\n",
            _ => $"if ({buffer.Clear})\n    {cleared}\n",
        };
        return (
            clear
            + (
                buffer.AlwaysOnStack ? ""
                : buffer is { Kind: PooledKind.Span, StackCapacity.Length: > 0 }
                    ? $"if ({buffer.RentedLocal} != null)\n{Body(words.Return(buffer, index))}"
                : $"{words.Return(buffer, index)};"
            )
        ).TrimEnd('\n');
    }

    private static string Body(string statements) => statements.Contains("\n") ? $"{{\n{Indented(statements)};\n}}" : $"    {statements};";

    /// <summary>The call of the core, with the code that waits for the end of what the call started.</summary>
    private static string End(BodyFlow flow, PairReturn returns, string call) =>
        flow switch
        {
            BodyFlow.Task => $"await {call}.ConfigureAwait(false);",
            BodyFlow.TaskOfResult => $"return await {call}.ConfigureAwait(false);",
            BodyFlow.Awaitable => $"await {call};",
            BodyFlow.AwaitableOfResult => $"return await {call};",
            BodyFlow.Sequence => $"""
                foreach (var __hotpath_item in {call})
                    yield return __hotpath_item;
                """,
            BodyFlow.AsyncSequence => $"""
                await foreach (var __hotpath_item in {call})
                    yield return __hotpath_item;
                """,
            BodyFlow.Enumerator => $$"""
                using (var __hotpath_items = {{call}})
                {
                    while (__hotpath_items.MoveNext())
                        yield return __hotpath_items.Current;
                }
                """,
            BodyFlow.UntypedEnumerator => $$"""
                var __hotpath_items = {{call}};
                using (__hotpath_items as global::System.IDisposable)
                {
                    while (__hotpath_items.MoveNext())
                        yield return __hotpath_items.Current;
                }
                """,
            BodyFlow.AsyncEnumerator => $$"""
                await using (var __hotpath_items = {{call}})
                {
                    while (await __hotpath_items.MoveNextAsync())
                        yield return __hotpath_items.Current;
                }
                """,
            _ => returns switch
            {
                PairReturn.Nothing => $"{call};",
                PairReturn.Value => $"return {call};",
                _ => $"return ref {call};",
            },
        };

    private static string Indented(string lines)
    {
        var text = new StringBuilder();
        GeneratedText.Indent(text, lines, 1);
        return text.ToString().TrimEnd('\n');
    }
}
