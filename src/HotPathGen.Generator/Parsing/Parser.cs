using System.Collections.Immutable;
using System.Text;
using HotPathGen.Generator.Emission;
using HotPathGen.Generator.Models;
using HotPathGen.Generator.Twins;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Parsing;

/// <summary>From symbols and syntax to models.</summary>
internal static class Parser
{
    public const string InstrumentAttribute = "HotPathGen.InstrumentAttribute";
    public const string DoNotInstrumentAttribute = "HotPathGen.DoNotInstrumentAttribute";
    public const string ProjectDirectoryOption = "build_property.hotpathprojectdirectory";

    private const string InPlace = "its frame is inside its body, and only the bodies of pairs are copied; let it call a method that does the work";

    private static readonly SymbolDisplayFormat s_head = new(
        SymbolDisplayGlobalNamespaceStyle.Included,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeParameters,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.StaticMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeExtensionThis
            | SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeName,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
    );

    private static readonly SymbolDisplayFormat s_reportType = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters
    );

    private static readonly SymbolDisplayFormat s_reportMember = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeExplicitInterface,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.StaticMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeModifiers,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
    );

    /// <summary>A method that prepare marked: split into a pair, or measured in place.</summary>
    public static (HotMethodModel Model, HotPair? Pair) Prepared(IMethodSymbol method, PreparedMark mark, SyntaxNode node, SourceFile file)
    {
        var (key, core, kind) = mark;
        bool observed = IsObserved(method, kind);
        string form =
            kind != "call" ? (observed ? kind : Words.Of(MethodForm.AsyncFirstSegment))
            : core.Length == 0 ? Words.Of(MethodForm.InPlace)
            : Words.Of(MethodForm.Pair);
        if (core.Length == 0)
        {
            // What prepare put round the user's code ends in a try.
            bool movesValues =
                node.DescendantNodes().OfType<TryStatementSyntax>().FirstOrDefault() is { } code && Hotness.OnlyMovesValues(code.Block);
            return (new(Describe(method, key, form, new(null, movesValues ? null : InPlace, null), ""), null, null), null);
        }

        var coreSyntax = node is MethodDeclarationSyntax declaration ? PreparedPair.Core(declaration) : null;
        var pair = new HotPair(method, null, coreSyntax, file, key, core, form, kind, observed, IsMeasured: true);
        return (WithTwin(pair, ParsedTwin.None), pair);
    }

    /// <summary>The pairs that the user wrote: a marked one, or all that a marked type or the marked assembly declares.</summary>
    public static ImmutableArray<HotFileModel> Written(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var methods = context.TargetSymbol switch
        {
            IMethodSymbol method => [method],
            INamedTypeSymbol type => Unmarked(type),
            IAssemblySymbol assembly => Unmarked(assembly.GlobalNamespace),
            _ => [],
        };
        var pairs = ImmutableArray.CreateBuilder<HotFileModel>();
        foreach (var declaration in methods)
        {
            if (WrittenPairs.IsDeclaration(declaration) && WrittenPairs.Core(declaration) is { } core)
            {
                pairs.Add(Forwarded(declaration, core, new(context.SemanticModel.Compilation, context.SemanticModel.SyntaxTree)));
            }
        }

        return pairs.ToImmutable();
    }

    /// <summary>
    /// The pair of a core with pooled parameters that no attribute makes hot, and whether everything's being hot makes it so: asked for each of
    /// them, answered for the first.
    /// </summary>
    public static (HotFileModel? Pair, bool MayBeHot) Pooled(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        if (
            context.TargetSymbol is not IParameterSymbol { ContainingSymbol: IMethodSymbol core } parameter
            || !SymbolEqualityComparer.Default.Equals(PooledRequest.All(core)[0].Parameter, parameter)
            || WrittenPairs.Declaration(core) is not { } declaration
            || !WrittenPairs.IsDeclaration(declaration)
            || HotSymbols.Verdict(declaration) is not null
            || HotSymbols.NearestVerdict(declaration) is true
        )
        {
            return default;
        }

        return (
            Forwarded(declaration, core, new(context.SemanticModel.Compilation, context.SemanticModel.SyntaxTree)),
            HotSymbols.NearestVerdict(declaration) is null
        );
    }

    /// <summary>What is written for a pair that is not measured.</summary>
    private static HotFileModel Forwarded(IMethodSymbol declaration, IMethodSymbol core, SourceFile file)
    {
        var method = Written(declaration, core, file, measured: false, CancellationToken.None).Model;
        return new(new([method.Method]), new(method.Method.Key, FileEmitter.Emit([method], measured: false)!), method.NeedsList);
    }

    /// <summary>A pair that the user wrote.</summary>
    public static (HotMethodModel Model, HotPair? Pair) Written(
        IMethodSymbol declaration,
        IMethodSymbol core,
        SourceFile file,
        bool measured,
        CancellationToken cancellation
    )
    {
        if (PooledCheck.Of(core) is not null)
        {
            // Without a body the compiler would stop at that, and the rule that says what is wrong would not be heard.
            var refused = Pair(new(declaration, null, null, file, Key(declaration), "", "pair", "call", IsObserved: false, measured), null);
            return (
                new(
                    Describe(declaration, refused.Key, "pair", ParsedTwin.None, ""),
                    refused with
                    {
                        Call = "throw new global::System.NotSupportedException()",
                        Returns = PairReturn.Nothing,
                    },
                    null
                ),
                null
            );
        }

        string kind =
            core.IsAsync ? (core.IsIterator ? "async-iterator" : "async")
            : core.IsIterator ? "iterator"
            : "call";
        bool observed = IsObserved(core, kind);
        var coreSyntax = measured ? core.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) as MethodDeclarationSyntax : null;
        var pair = new HotPair(
            declaration,
            core,
            coreSyntax,
            file,
            Key(declaration),
            core.Name,
            kind == "call" ? Words.Of(MethodForm.Pair)
                : observed ? kind
                : Words.Of(MethodForm.AsyncFirstSegment),
            kind,
            observed,
            measured
        );
        return (WithTwin(pair, ParsedTwin.None), pair);
    }

    private static IEnumerable<IMethodSymbol> Unmarked(INamespaceOrTypeSymbol holder)
    {
        foreach (var member in holder.GetMembers().Where(member => !HotSymbols.IsMarked(member)))
        {
            if (member is IMethodSymbol method)
            {
                yield return method;
            }
            else if (member is INamespaceOrTypeSymbol nested)
            {
                foreach (var inner in Unmarked(nested))
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>What prepare wrote down of the build, and of the methods that it left plain.</summary>
    public static PreparedModel Coverage(AdditionalText file, CancellationToken cancellation)
    {
        var plain = ImmutableArray.CreateBuilder<PlainModel>();
        bool everything = false;
        foreach (string line in file.GetText(cancellation)?.ToString().Split('\n') ?? [])
        {
            everything |= line == Marks.Everything;
            if (line.Split('\t') is [var path, var number, var name, var reason] && int.TryParse(number, out int parsed))
            {
                plain.Add(new(name, path, parsed, reason));
            }
        }

        return new(everything, new(plain.ToImmutable()));
    }

    /// <summary>Only the targets of a measured build add this file, after everything that a project can say.</summary>
    public static bool IsCoverage(AdditionalText file) => file.Path.Replace('\\', '/').EndsWith("hotpath/coverage.txt", StringComparison.Ordinal);

    /// <summary>Encoded by the targets: the file that hands properties over ends a value at <c>#</c> and <c>;</c>.</summary>
    public static string ProjectDirectory(string encoded) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(encoded));

    /// <summary>A pair with what came of copying its core.</summary>
    public static HotMethodModel WithTwin(HotPair pair, ParsedTwin twin)
    {
        string? probing = twin.Twin is null ? null : TwinParser.Name(pair.Declaration, pair.CoreSyntax!);
        // Followed from inside, a body needs no task that can be watched.
        string form = pair.Form == Words.Of(MethodForm.AsyncFirstSegment) && twin.Twin is not null && pair.Kind == "async" ? pair.Kind : pair.Form;
        return new(
            Describe(pair.Declaration, pair.Key, form, twin, pair.Written is null ? "" : PooledParser.Describe(pair.Written)),
            Pair(pair, probing, twin.Twin?.RunsAlways == true),
            twin.Twin
        );
    }

    private static MethodModel Describe(IMethodSymbol method, string key, string form, ParsedTwin twin, string pooled)
    {
        var place = method.Locations[0].GetMappedLineSpan();
        return new(
            key,
            Id(method),
            Name(method),
            place.Path,
            place.StartLinePosition.Line + 1,
            form,
            twin.Twin is null ? null : key,
            twin.Obstacle,
            pooled,
            HotSymbols.MaxBytesPerCall(method)
        );
    }

    /// <summary>By which snapshots know a method.</summary>
    public static string Id(ISymbol symbol) =>
        symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction }
            ? $"{Id(Holder(symbol))}|{symbol.Name}"
            : AsWritten(symbol.GetDocumentationCommentId() ?? symbol.Name);

    private static string Name(ISymbol symbol) =>
        symbol switch
        {
            IMethodSymbol { MethodKind: MethodKind.LocalFunction } => $"{Name(Holder(symbol))}.{symbol.Name}",
            IMethodSymbol { MethodKind: MethodKind.Constructor } =>
                $"{TypeName(symbol)}.new{symbol.ToDisplayString(s_reportMember).Substring(symbol.ContainingType.Name.Length)}",
            IMethodSymbol { MethodKind: MethodKind.StaticConstructor } => $"{TypeName(symbol)}.static()",
            IMethodSymbol => $"{TypeName(symbol)}.{AsWritten(symbol.ToDisplayString(s_reportMember))}",
            _ => symbol.ToDisplayString(s_reportType),
        };

    private static string TypeName(ISymbol member) => member.ContainingType.ToDisplayString(s_reportType);

    /// <summary>What the user's text shows round a local function: not a lambda, and not what prepare put there.</summary>
    private static ISymbol Holder(ISymbol local)
    {
        var holder = local.ContainingSymbol;
        while (
            holder is not INamedTypeSymbol
            && (holder is not IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction } || holder.Name == Marks.LocalCore)
        )
        {
            holder = holder.ContainingSymbol;
        }

        return holder;
    }

    /// <summary>The name of a core is that of its method.</summary>
    private static string AsWritten(string name)
    {
        int mark = name.IndexOf(Marks.Core, StringComparison.Ordinal);
        return mark < 0
            ? name
            : name.Substring(0, mark) + name.Substring(mark + Marks.Core.Length).TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
    }

    /// <summary>The key of a pair that the user wrote.</summary>
    public static string Key(IMethodSymbol method)
    {
        ulong hash = 14695981039346656037;
        // A documentation-comment id has nothing for function pointers.
        foreach (char letter in Id(method) + method.ToDisplayString(s_reportMember))
        {
            hash = unchecked((hash ^ letter) * 1099511628211);
        }

        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static PairModel Pair(HotPair pair, string? probing, bool probesAlways = false)
    {
        var (method, written, _, file, key, core, _, kind, observed, measured) = pair;
        var body = kind switch
        {
            "call" => BodyKind.Call,
            "async" => BodyKind.Async,
            "iterator" => BodyKind.Iterator,
            _ => BodyKind.AsyncIterator,
        };
        var compilation = file.Compilation;
        string typeArguments = method.IsGenericMethod
            ? $"<{string.Join(", ", method.TypeParameters.Select(parameter => Identifier(parameter.Name)))}>"
            : "";
        string arguments = string.Join(", ", method.Parameters.Select(Argument));
        var (buffers, arena) = written is null ? default : PooledParser.Of(written, method, compilation);
        string all = string.Join(", ", method.Parameters.Select(Argument).Concat(buffers.Select(PooledParser.Argument)));
        var declaration = (MethodDeclarationSyntax)method.DeclaringSyntaxReferences[0].GetSyntax();
        bool inSource = SourceHead.IsNeeded(method, compilation);
        var provision =
            buffers.Count == 0
                ? null
                : Provision(
                    method,
                    written!,
                    compilation,
                    declaration,
                    inSource,
                    buffers,
                    arena,
                    typeArguments,
                    arguments,
                    body,
                    probing is not null
                );
        return new(
            key,
            inSource || measured ? file.Of(declaration.SyntaxTree).Scopes(declaration) : WithoutUsings(method.ContainingNamespace),
            Types(method),
            Modifiers(declaration) + "partial " + Head(method, declaration, inSource, declaration.Identifier.Text),
            $"{core}{typeArguments}({all})",
            probing is null ? null : $"{probing}{typeArguments}({Handle(body, all)})",
            probesAlways,
            Returns(method),
            Inlined: PreparedMark.IsAlone(method)
                || !method
                    .GetAttributes()
                    .Any(attribute => attribute.AttributeClass?.ToDisplayString() == "System.Runtime.CompilerServices.MethodImplAttribute"),
            body,
            observed,
            Annotated: declaration.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 },
            provision
        );
    }

    private static EquatableArray<ScopeModel> WithoutUsings(INamespaceSymbol space) =>
        new(space.IsGlobalNamespace ? [new("", default)] : [new("", default), new(space.ToDisplayString(), default)]);

    private static ProvisionModel Provision(
        IMethodSymbol method,
        IMethodSymbol core,
        Compilation compilation,
        MethodDeclarationSyntax declaration,
        bool inSource,
        EquatableArray<PooledModel> buffers,
        ArenaModel? arena,
        string typeArguments,
        string arguments,
        BodyKind body,
        bool hasTwin
    )
    {
        // The frame itself, also where the twin is given the number of a call: what fails before the core begins is no call of its.
        bool takesFrame = body is BodyKind.Call or BodyKind.Async;
        string frame = takesFrame ? "__hotpath_frame" + (arguments.Length > 0 ? ", " : "") : "";
        var flow = BodyFlows.Of(core);
        string isAsync = flow is BodyFlow.Call or BodyFlow.Sequence or BodyFlow.Enumerator or BodyFlow.UntypedEnumerator ? "" : "async ";
        string modifiers = string.Concat(
            declaration
                .Modifiers.Where(modifier => modifier.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.ReadOnlyKeyword or SyntaxKind.UnsafeKeyword)
                .Select(modifier => modifier.Text + " ")
        );
        string copy = method.Name + Marks.Pooled,
            probing = method.Name + Marks.PooledProbing;
        return new(
            buffers,
            arena,
            flow,
            PooledParser.MaySkipInit(method, buffers, compilation),
            Modifiers(declaration)
                + isAsync
                + "partial "
                + Cancellable(Head(method, declaration, inSource, declaration.Identifier.Text), given => !IsCancellation(given)),
            $"private {modifiers}{isAsync}{Cancellable(Head(method, declaration, inSource, copy), _ => true)}",
            $"{copy}{typeArguments}({arguments})",
            hasTwin
                ? $"private {modifiers}{isAsync}"
                    + $"{Cancellable(Head(method, declaration, inSource, probing, takesFrame ? TwinParser.Frame : ""), _ => true)}"
                : null,
            hasTwin ? $"{probing}{typeArguments}({frame}{arguments})" : null
        );

        // The token of an enumeration reaches an async iterator through its attribute, which a core has for its half.
        string Cancellable(string head, Func<IParameterSymbol, bool> needs)
        {
            foreach (var (given, own) in method.Parameters.Zip(core.Parameters, (given, own) => (given, own)))
            {
                if (flow == BodyFlow.AsyncSequence && IsCancellation(own) && needs(given))
                {
                    string text = inSource
                        ? $"{SourceHead.Tokens(declaration.ParameterList.Parameters[given.Ordinal].Type)} {given.Name}"
                        : given.ToDisplayString(s_head);
                    int place = head.IndexOf(text, head.IndexOf('('), StringComparison.Ordinal);
                    head = head.Insert(place, "[global::System.Runtime.CompilerServices.EnumeratorCancellation] ");
                }
            }

            return head;
        }

        static bool IsCancellation(IParameterSymbol parameter) =>
            parameter.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "EnumeratorCancellationAttribute");
    }

    /// <summary>What a twin is given to probe with: a frame, the number of an async call, or nothing.</summary>
    private static string Handle(BodyKind body, string arguments)
    {
        string handle = body switch
        {
            BodyKind.Call => "__hotpath_frame",
            BodyKind.Async => "__hotpath_frame.Begin()",
            _ => "",
        };
        return handle.Length > 0 && arguments.Length > 0 ? $"{handle}, {arguments}" : handle + arguments;
    }

    private static PairReturn Returns(IMethodSymbol method) =>
        method switch
        {
            { ReturnsVoid: true } => PairReturn.Nothing,
            { ReturnsByRef: true } => PairReturn.Reference,
            { ReturnsByRefReadonly: true } => PairReturn.ReadOnlyReference,
            _ => PairReturn.Value,
        };

    /// <summary>A dynamic argument would bind the call at run time.</summary>
    private static string Argument(IParameterSymbol parameter)
    {
        string name = Identifier(parameter.Name);
        return parameter.RefKind switch
        {
            RefKind.Ref => "ref " + name,
            RefKind.Out => "out " + name,
            RefKind.In or RefKind.RefReadOnlyParameter => "in " + name,
            _ => parameter.Type.TypeKind == TypeKind.Dynamic ? "(object)" + name : name,
        };
    }

    private static string Modifiers(MethodDeclarationSyntax declaration) =>
        string.Concat(
            declaration
                .Modifiers.Where(modifier => modifier.Kind() is not (SyntaxKind.PartialKeyword or SyntaxKind.AsyncKeyword))
                .Select(modifier => modifier.Text + " ")
        );

    /// <summary>Return type, name, parameters and constraints.</summary>
    private static string Head(IMethodSymbol method, MethodDeclarationSyntax declaration, bool inSource, string name, string handle = "")
    {
        if (inSource)
        {
            return SourceHead.Print(declaration, name, handle);
        }

        var head = new StringBuilder();
        bool isNamed = false;
        foreach (var part in method.ToDisplayParts(s_head))
        {
            bool isName = part.Kind == SymbolDisplayPartKind.MethodName;
            head.Append(isName ? name : part.ToString());
            if (isNamed && handle.Length > 0 && part.Kind == SymbolDisplayPartKind.Punctuation && part.ToString() == "(")
            {
                head.Append(method.Parameters.IsEmpty ? handle : handle + ", ");
                handle = "";
            }

            isNamed |= isName;
        }

        // The display repeats the one modifier of methods in structs.
        const string readOnly = "readonly ";
        string text = head.ToString();
        return text.StartsWith(readOnly, StringComparison.Ordinal) ? text.Substring(readOnly.Length) : text;
    }

    public static EquatableArray<string> Types(IMethodSymbol method)
    {
        bool pointers = TypeParts.AnyOfHead(method, static type => type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer);
        var types = ImmutableArray.CreateBuilder<string>();
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            string keyword = type switch
            {
                { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
                { IsRecord: true } => "record",
                { TypeKind: TypeKind.Struct } => "struct",
                { TypeKind: TypeKind.Interface } => "interface",
                _ => "class",
            };
            string parameters = type.TypeParameters.IsEmpty
                ? ""
                : $"<{string.Join(", ", type.TypeParameters.Select(parameter => Variance(parameter) + Identifier(parameter.Name)))}>";
            types.Insert(0, $"{(pointers ? "unsafe " : "")}partial {keyword} {Identifier(type.Name)}{parameters}");
        }

        return new(types.ToImmutable());
    }

    private static string Variance(ITypeParameterSymbol parameter) =>
        parameter.Variance switch
        {
            VarianceKind.In => "in ",
            VarianceKind.Out => "out ",
            _ => "",
        };

    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>
    /// A task can be watched from outside, and so can a value task that stands for one, as the default builder makes
    /// them; an enumerable can be wrapped.
    /// </summary>
    private static bool IsObserved(IMethodSymbol method, string kind) =>
        kind switch
        {
            "call" => false,
            "async" => method.ReturnType is INamedTypeSymbol { ContainingNamespace: var space, Name: "Task" or "ValueTask" }
                && space.ToDisplayString() == "System.Threading.Tasks"
                && !method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "AsyncMethodBuilderAttribute"),
            _ => true,
        };
}
