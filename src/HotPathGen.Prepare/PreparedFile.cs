using System.Globalization;
using System.Text;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Prepare;

/// <summary>A hot method that is not changed and so not measured.</summary>
internal sealed record PlainMethod(string Name, string File, int Line, string Reason)
{
    /// <param name="name">The name that reports show.</param>
    /// <param name="file">The file that contains it. A directive there may say that its lines come from another file.</param>
    /// <param name="place">The token whose line is given.</param>
    /// <param name="reason">Why it is not measured.</param>
    public static PlainMethod At(string name, SourceFile file, SyntaxToken place, string reason)
    {
        var span = place.GetLocation().GetMappedLineSpan();
        string path = span.HasMappedPath ? System.IO.Path.GetFullPath(span.Path, System.IO.Path.GetDirectoryName(file.Path)!) : file.Path;
        return new(name, path, span.StartLinePosition.Line + 1, reason);
    }
}

/// <summary>One file in the form that the generator measures.</summary>
/// <param name="Copy">The text to compile instead; null where the file itself is compiled.</param>
/// <param name="Plain">The file's hot methods that are not measured.</param>
/// <param name="PositionOf">Converts a position in the file to the position in the copy.</param>
/// <param name="IsBound">Whether the copy depends on what the file's names mean, and so on other files.</param>
/// <param name="Builders">The builders that the copy names.</param>
internal sealed record PreparedFile(
    string? Copy,
    IReadOnlyList<PlainMethod> Plain,
    Func<int, int> PositionOf,
    bool IsBound,
    IReadOnlyCollection<ObservingBuilder> Builders
)
{
    public static readonly PreparedFile Untouched = new(null, [], position => position, IsBound: false, []);

    /// <param name="file">The file.</param>
    /// <param name="relativePath">Its path, which is the same on every machine.</param>
    /// <param name="scope">What is hot in the project.</param>
    /// <param name="nameTakers">The methods of the project and its references that take the caller's name.</param>
    /// <param name="modelOf">Binds a file of the project; null where it cannot.</param>
    public static PreparedFile Prepare(
        SourceFile file,
        string relativePath,
        HotScope scope,
        IReadOnlySet<string> nameTakers,
        Func<SyntaxTree, SemanticModel?> modelOf
    )
    {
        var code = new HotCode(file, scope);
        if (!code.MayExist || file.Root.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            return Untouched;
        }

        var edits = new TextEdits();
        var bound = new BoundFile(modelOf, file);
        var builders = new AsyncBuilders(nameTakers, bound);
        var plain = new List<PlainMethod>();
        var partialTypes = new HashSet<TypeDeclarationSyntax>();
        var cores = new Dictionary<(SyntaxNode Type, string Name), int>();
        int ordinal = 0;
        var pairs = new HashSet<SyntaxNode>();
        var accessors = new List<(AccessorDeclarationSyntax Accessor, string Key)>();
        GlobalStatementSyntax[] statements = [.. file.Root.ChildNodes().OfType<GlobalStatementSyntax>()];
        if (statements.Length > 0 && code.IsHot(statements[0]))
        {
            if (TopLevelEdit.Reason(statements, PassesName) is { } reason)
            {
                plain.Add(PlainMethod.At("top-level statements", file, statements[0].GetFirstToken(), reason));
            }
            else
            {
                TopLevelEdit.Apply(statements, Key(relativePath, ordinal++), builders, edits);
                pairs.UnionWith(statements);
            }
        }

        var initializers = new InitializerEdit(file, code, PassesName, () => Key(relativePath, ordinal++), edits);
        initializers.Apply();
        pairs.UnionWith(initializers.Pairs);
        partialTypes.UnionWith(initializers.Pairs.SelectMany(pair => pair.Ancestors().OfType<TypeDeclarationSyntax>()));
        plain.AddRange(initializers.Plain.Select(one => PlainMethod.At(DisplayName(one.Code), file, NameToken(one.Code), one.Reason)));
        MeasureFunctions(initializers.Functions);
        foreach (var declaration in Hotness.Candidates(file.Root).Where(code.IsHot))
        {
            bool marked = Hotness.OwnVerdict(declaration) is true;
            if (
                // The functions in the body of a pair get their frames in the instrumented body, from the generator.
                declaration.Ancestors().Any(pairs.Contains)
                || (!marked && Hotness.IsTrivial(declaration) && initializers.Owners.Contains(declaration))
            )
            {
                continue;
            }

            if (Shape.Body(declaration) is null && (!marked || IsDeclarationOfPair(declaration)))
            {
                continue;
            }

            var shape =
                !marked && Hotness.IsTrivial(declaration) ? new(Form.Plain, Hotness.OnlyMoves)
                : !Directives.CanName(file.Path) ? new(Form.Plain, Directives.CannotName)
                : Shape.Of(declaration, Shape.Body(declaration) is { } body && PassesName(body));
            string? constraints = shape.Reason == Forwarding.InheritsConstraints ? bound.ConstraintsOf(declaration) : null;
            if (constraints is not null)
            {
                shape = new(Form.Forwarded);
            }

            string key = Key(relativePath, ordinal++);
            if (shape.Form != Form.Plain && RazorFile.RenderedBy(declaration) is { } rendered)
            {
                RazorFile.Place(declaration, rendered, file.Path, edits);
            }

            switch (shape.Form)
            {
                case Form.Pair:
                    var method = (MethodDeclarationSyntax)declaration;
                    pairs.Add(method);
                    PairEdit.Apply(method, key, CoreName(method, cores), builders.Of(method), edits);
                    partialTypes.UnionWith(method.Ancestors().OfType<TypeDeclarationSyntax>());
                    break;

                case Form.Forwarded:
                    pairs.Add(declaration);
                    if (declaration is AccessorDeclarationSyntax accessor)
                    {
                        accessors.Add((accessor, key));
                    }
                    else
                    {
                        ForwardingEdit.Apply(declaration, key, builders.Of(declaration), constraints, edits);
                    }

                    partialTypes.UnionWith(declaration.Ancestors().OfType<TypeDeclarationSyntax>());
                    break;

                case Form.InPlace:
                    MeasureInPlace(declaration, key);
                    break;

                default:
                    plain.Add(PlainMethod.At(DisplayName(declaration), file, NameToken(declaration), shape.Reason!));
                    break;
            }
        }

        foreach (var core in AsyncCores(file.Root).Where(core => Hotness.DeclarationOf(core) is { } declaration && code.IsHot(declaration)))
        {
            builders.Observe(core, edits);
        }

        foreach (var group in accessors.GroupBy(accessor => accessor.Accessor.Parent))
        {
            ForwardingEdit.Apply([.. group], edits);
        }
        if (edits.Count == 0)
        {
            return Untouched with { Plain = plain, IsBound = bound.WasAsked };
        }

        foreach (var type in partialTypes.Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword)))
        {
            edits.Insert(type.Keyword.SpanStart, "partial ");
        }

        Directives.Keep(file.Root, file.Path, file.Text, edits);
        string header = Directives.Header(file.Path, file.Text);
        var copy = new StringBuilder(header, header.Length + file.Text.Length + edits.Count * 64);
        edits.Print(copy, file.Text.ToString(), new TextSpan(0, file.Text.Length));
        return new(copy.ToString(), plain, position => header.Length + edits.PositionOf(position), bound.WasAsked, builders.Used);

        bool PassesName(SyntaxNode code) => CallerNames.PassingIn(code, nameTakers).Any(bound.MayPassName);

        void MeasureInPlace(SyntaxNode declaration, string key)
        {
            if (declaration is AnonymousFunctionExpressionSyntax lambda)
            {
                if (bound.IsTree(lambda))
                {
                    return;
                }

                if (LambdaEdit.Apply(lambda, key, () => bound.Of(lambda), builders, edits) is { } reason)
                {
                    plain.Add(PlainMethod.At(DisplayName(lambda), file, NameToken(lambda), reason));
                }
            }
            else if (Shape.IsDeferred(declaration))
            {
                DeferredEdit.Apply(declaration, key, builders.Of(declaration), edits);
            }
            else
            {
                InPlaceEdit.Apply(declaration, key, edits);
            }

            MeasureFunctions(Hotness.FunctionsIn(Shape.Body(declaration)!));
        }

        // Functions that are marked themselves are among the declarations.
        void MeasureFunctions(IEnumerable<SyntaxNode> functions)
        {
            foreach (var function in functions.Where(function => Hotness.OwnVerdict(function) is not true))
            {
                MeasureInPlace(function, Key(relativePath, ordinal++));
            }
        }
    }

    private static IEnumerable<MethodDeclarationSyntax> AsyncCores(SyntaxNode root) =>
        root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => Hotness.IsCoreOfPair(method) && Shape.IsAsync(method));

    private static bool IsDeclarationOfPair(SyntaxNode declaration) =>
        declaration is MethodDeclarationSyntax method && method.Modifiers.Any(SyntaxKind.PartialKeyword);

    /// <summary>A key that is the same on every machine and different for every method.</summary>
    public static string Key(string relativePath, int ordinal)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in $"{relativePath}|{ordinal}")
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>The name of a method's core. Overloads get different names, so that a <c>dynamic</c> argument has nothing to choose from.</summary>
    private static string CoreName(MethodDeclarationSyntax method, Dictionary<(SyntaxNode, string), int> cores)
    {
        string name = method.Identifier.ValueText;
        int count = cores[(method.Parent!, name)] = cores.GetValueOrDefault((method.Parent!, name)) + 1;
        return count == 1 ? name + Marks.Core : name + Marks.Core + count;
    }

    public static SyntaxToken NameToken(SyntaxNode declaration) =>
        declaration switch
        {
            MethodDeclarationSyntax method => method.Identifier,
            LocalFunctionStatementSyntax local => local.Identifier,
            ConstructorDeclarationSyntax constructor => constructor.Identifier,
            PropertyDeclarationSyntax property => property.Identifier,
            AccessorDeclarationSyntax accessor => accessor.Keyword,
            OperatorDeclarationSyntax operation => operation.OperatorToken,
            LambdaExpressionSyntax lambda => lambda.ArrowToken,
            AnonymousMethodExpressionSyntax function => function.DelegateKeyword,
            VariableDeclaratorSyntax variable => variable.Identifier,
            TypeDeclarationSyntax type => type.Identifier,
            _ => declaration.GetFirstToken(),
        };

    private static string DisplayName(SyntaxNode declaration)
    {
        string name = declaration switch
        {
            AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } accessor =>
                $"{property.Identifier.ValueText}.{accessor.Keyword.ValueText}",
            AccessorDeclarationSyntax { Parent.Parent: EventDeclarationSyntax declared } accessor =>
                $"{declared.Identifier.ValueText}.{accessor.Keyword.ValueText}",
            AccessorDeclarationSyntax accessor => $"this[].{accessor.Keyword.ValueText}",
            IndexerDeclarationSyntax => "this[].get",
            PropertyDeclarationSyntax property => $"{property.Identifier.ValueText}.get",
            DestructorDeclarationSyntax destructor => $"~{destructor.Identifier.ValueText}",
            OperatorDeclarationSyntax operation => $"operator {operation.OperatorToken.ValueText}",
            ConversionOperatorDeclarationSyntax conversion => $"operator {conversion.Type}",
            AnonymousFunctionExpressionSyntax => "lambda",
            ExpressionSyntax => "initializer",
            TypeDeclarationSyntax primary => $"{primary.Identifier.ValueText}.{primary.Identifier.ValueText}",
            _ => NameToken(declaration).ValueText,
        };
        string? type = declaration.Ancestors().OfType<BaseTypeDeclarationSyntax>().FirstOrDefault(type => type is not ExtensionBlockDeclarationSyntax)
            is { } container
            ? Hotness.QualifiedName(container)
            : null;
        return type is null ? name : $"{type}.{name}";
    }
}
