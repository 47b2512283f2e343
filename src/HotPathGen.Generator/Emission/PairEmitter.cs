using System.Text;
using HotPathGen.Generator.Models;

namespace HotPathGen.Generator.Emission;

/// <summary>Prints the half of a pair that callers bind to.</summary>
internal static class PairEmitter
{
    private const string Inlined = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";

    /// <summary>In production builds: the call and nothing else.</summary>
    public static string Forward(PairModel pair, string name) => pair.Provision is { } provision
        ? File(pair, null, name, $"Provides the pooled parameters of {name}.", PooledEmitter.Method(provision, provision.Head, pair.Returns, pair.Call, PooledWords.Production))
        : File(pair, null, name, $"Calls the plain twin of {name}.", Inline(pair), pair.Head, $$"""
            {
                {{Return(pair)}}{{pair.Call}};
            }
            """);

    /// <summary>In measured builds: a frame round one of the twins, and the probing one.</summary>
    public static string Measure(PairModel pair, TwinModel? twin, string name)
    {
        bool twins = pair.ProbingCall is not null;
        string exit = pair.Kind != BodyKind.Call ? "ExitStarted" : twins ? "ExitTwins" : "Exit";
        string enter = twins ? "EnterTwins" : "Enter";
        string count = twins ? $", global::HotPathGen.Generated.HotPathSites.N_{pair.Key}" : "";
        // The control of an async method is its copy without probes: only the copy can tell its stretches apart.
        string condition = pair.Kind is BodyKind.Async or BodyKind.AsyncIterator ? "global::HotPathGen.Runtime.Frame.IsEnabled" : "__hotpath_frame.IsProbing";
        string started = twins && pair.Kind != BodyKind.Call ? $"        __hotpath_frame.Started(global::HotPathGen.Generated.HotPathSites.N_{pair.Key} - 2);\n" : "";
        string plainCall = pair.Provision?.CopyCall ?? pair.Call;
        string? probingCall = pair.Provision?.ProbingCall ?? pair.ProbingCall;
        bool observed = pair.Observed && !(twins && pair.Kind == BodyKind.Async);
        string completed = started + "        __hotpath_completed = true;";
        string call = pair.Returns switch
        {
            PairReturn.Nothing when twins => $"""
                        if ({condition})
                            {probingCall};
                        else
                            {plainCall};
                {completed}
                """,
            PairReturn.Nothing => $"""
                        {plainCall};
                {completed}
                """,
            PairReturn.Reference or PairReturn.ReadOnlyReference => $"""
                        ref {(pair.Returns == PairReturn.ReadOnlyReference ? "readonly " : "")}var __hotpath_result = ref {(twins ? $"{condition} ? ref {probingCall} : ref {plainCall}" : plainCall)};
                {completed}
                        return ref __hotpath_result;
                """,
            _ => $"""
                        var __hotpath_result = {(twins ? $"{condition} ? {probingCall} : {plainCall}" : plainCall)};
                {completed}
                        return {(observed ? "__hotpath_frame.Observe(__hotpath_result)" : "__hotpath_result")};
                """,
        };

        return File(pair, twin, name, $"Calls the plain twin of {name}.", Inline(pair), pair.Head, $$"""
            {
                var __hotpath_frame = global::HotPathGen.Runtime.Frame.{{enter}}(global::HotPathGen.Generated.HotPathMethods.M_{{pair.Key}}{{count}});
                var __hotpath_completed = false;
                try
                {
            """, call, $$"""
                }
                finally
                {
                    __hotpath_frame.{{exit}}(__hotpath_completed);
                }
            }
            """, Copies(pair));
    }

    /// <summary>What provides pooled parameters, for either twin: a frame is not opened in an async method or an iterator.</summary>
    private static string? Copies(PairModel pair)
    {
        if (pair.Provision is not { } provision)
        {
            return null;
        }

        var words = new PooledWords(pair.Key);
        string plain = "\n" + PooledEmitter.Method(provision, provision.CopyHead, pair.Returns, pair.Call, words);
        return provision.ProbingHead is null ? plain : $"{plain}\n\n{PooledEmitter.Method(provision, provision.ProbingHead, pair.Returns, pair.ProbingCall!, words)}";
    }

    private static string? Inline(PairModel pair) => pair.Inlined ? Inlined : null;

    private static string Return(PairModel pair) => pair.Returns switch
    {
        PairReturn.Nothing => "",
        PairReturn.Value => "return ",
        _ => "return ref ",
    };

    private static string File(PairModel pair, TwinModel? twin, string name, string comment, params string?[] members) =>
        GeneratedText.Print(text => File(text, pair, twin, name, comment, members));

    private static void File(StringBuilder text, PairModel pair, TwinModel? twin, string name, string comment, string?[] members)
    {
        text.Append(GeneratedText.Header);
        if (twin is not null)
        {
            TwinEmitter.Append(text, twin, name);
        }

        text.Append(pair.Annotated ? "#nullable enable annotations\n" : "").Append("#line hidden\n\n");
        int depth = 0;
        if (twin is null)
        {
            Repeat(pair.FileUsings);
        }

        if (pair.Namespace.Length > 0)
        {
            Open("namespace " + pair.Namespace);
            Repeat(pair.NamespaceUsings);
        }

        foreach (string type in pair.Types)
        {
            Open(type);
        }

        // No documentation comment: it would replace the one that the user wrote at the other half.
        GeneratedText.Indent(text, "// " + comment, depth);
        foreach (string? lines in members)
        {
            if (lines is not null)
            {
                GeneratedText.Indent(text, lines, depth);
            }
        }

        while (depth > 0)
        {
            depth--;
            GeneratedText.Indent(text, "}", depth);
        }

        void Repeat(EquatableArray<string> usings)
        {
            foreach (string directive in usings)
            {
                GeneratedText.Indent(text, directive, depth);
            }
        }

        void Open(string head)
        {
            GeneratedText.Indent(text, head + "\n{", depth);
            depth++;
        }
    }
}
