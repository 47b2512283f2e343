using HotPathGen.Generator.Models;

namespace HotPathGen.Generator.Emission;

/// <summary>Prints the half of a pair that callers bind to, and the code between it and its core.</summary>
internal static class PairEmitter
{
    public const string Inlined =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";

    /// <summary>The body for production builds: the call and nothing else.</summary>
    public static string[] Forward(PairModel pair, string name) =>
        pair.Provision is { } provision
            ?
            [
                $"// Provides the pooled parameters of {name}.",
                PooledEmitter.Method(provision, provision.Head, pair.Returns, pair.Call, PooledWords.Production),
            ]
            :
            [
                Comment(name),
                .. Inline(pair),
                pair.Head,
                $$"""
                    {
                        {{Return(pair)}}{{pair.Call}};
                    }
                    """,
            ];

    /// <summary>
    /// The body for measured builds: a frame round one of the bodies. A call that completes leaves its frame directly. Only a call that fails leaves
    /// it in the finally block, which looks up the frame: a value that a finally block holds is kept on the stack beside its register, which costs 16
    /// bytes of 64 for each level of recursion.
    /// </summary>
    public static string[] Measure(PairModel pair, string name, int sites)
    {
        bool instrumented = pair.ProbingCall is not null;
        string exit =
            pair.Kind != BodyKind.Call ? "ExitStarted"
            : instrumented ? "ExitBodies"
            : "Exit";
        string enter = instrumented ? "EnterBodies" : "Enter";
        string count = instrumented ? $", {sites}" : "";
        // A constant condition leaves one body. So delegates are the same at every level of recording, and a caller has half as many locals; the JIT
        // inlines less into a method with many. The control calls of an async method, which do not probe, run the copy, too: only the copy can tell
        // its segments apart.
        string condition =
            pair.Kind is BodyKind.Async or BodyKind.AsyncIterator || pair.Use == CopyUse.Recorded ? "global::HotPathGen.Runtime.Frame.IsEnabled"
            : pair.Use == CopyUse.AnyProbing ? "global::HotPathGen.Runtime.Frame.MayProbe"
            : "global::HotPathGen.Runtime.Frame.MayProbe && __hotpath_frame.IsProbing";
        string started = instrumented && pair.Kind != BodyKind.Call ? $"        __hotpath_frame.Started({sites - 2});\n" : "";
        string plainCall = pair.Provision?.CopyCall ?? pair.Call;
        string? probingCall = pair.Provision?.ProbingCall ?? pair.ProbingCall;
        string reference = instrumented ? $"{condition} ? ref {probingCall} : ref {plainCall}" : plainCall;
        string starts = pair.Kind == BodyKind.Async && !instrumented ? "        __hotpath_frame.Starts();\n" : "";
        bool observed = pair.Kind is BodyKind.Iterator or BodyKind.AsyncIterator;
        string completed = $"        __hotpath_frame.{exit}(true);\n        __hotpath_completed = true;";
        string call = pair.Returns switch
        {
            PairReturn.Nothing when instrumented => $"""
                        if ({condition})
                            {probingCall};
                        else
                            {plainCall};
                {started}{completed}
                """,
            PairReturn.Nothing => $"""
                {starts}        {plainCall};
                {started}{completed}
                """,
            PairReturn.Reference or PairReturn.ReadOnlyReference => $"""
                        ref {(pair.Returns == PairReturn.ReadOnlyReference ? "readonly " : "")}var __hotpath_result = ref {reference};
                {started}{completed}
                        return ref __hotpath_result;
                """,
            _ => $"""
                {starts}        var __hotpath_result = {(instrumented ? $"{condition} ? {probingCall} : {plainCall}" : plainCall)};
                {started}{(observed ? "        __hotpath_result = __hotpath_frame.Observe(__hotpath_result);\n" : "")}{completed}
                        return __hotpath_result;
                """,
        };

        return
        [
            Comment(name),
            .. Inline(pair),
            pair.Head,
            $$"""
                {
                    var __hotpath_frame = global::HotPathGen.Runtime.Frame.{{enter}}(global::HotPathGen.Generated.HotPathMethods.M_{{pair.Key}}{{count}});
                    var __hotpath_completed = !__hotpath_frame.IsOpen;
                    try
                    {
                """,
            call,
            $$"""
                    }
                    finally
                    {
                        if (!__hotpath_completed)
                            global::HotPathGen.Runtime.Frame.Innermost.{{exit}}(false);
                    }
                }
                """,
            .. Copies(pair),
        ];
    }

    /// <summary>
    /// The methods that provide pooled parameters, one for each body. They are separate, because a frame is not opened in an async method or an
    /// iterator.
    /// </summary>
    private static string[] Copies(PairModel pair)
    {
        if (pair.Provision is not { } provision)
        {
            return [];
        }

        var words = new PooledWords(pair.Key);
        string plain = PooledEmitter.Method(provision, provision.CopyHead, pair.Returns, pair.Call, words);
        return provision.ProbingHead is null
            ? ["", plain]
            : ["", plain, "", PooledEmitter.Method(provision, provision.ProbingHead, pair.Returns, pair.ProbingCall!, words)];
    }

    /// <summary>The comment of a half. It is no documentation comment, which would replace the one that the user wrote at the other half.</summary>
    private static string Comment(string name) => $"// Calls the original body of {name}.";

    private static string[] Inline(PairModel pair) => pair.Inlined ? [Inlined] : [];

    private static string Return(PairModel pair) =>
        pair.Returns switch
        {
            PairReturn.Nothing => "",
            PairReturn.Value => "return ",
            _ => "return ref ",
        };
}
