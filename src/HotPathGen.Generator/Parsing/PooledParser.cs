using System.Collections.Immutable;
using System.Globalization;
using HotPathGen.Generator.Models;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Parsing;

/// <summary>
/// Reads the attributes on a core's parameters, and makes the model of what the half of the pair does for them. The core must have passed <see
/// cref="PooledCheck"/>.
/// </summary>
internal sealed class PooledParser
{
    private const string Array = "global::System.Buffers.ArrayPool";

    private static readonly SymbolDisplayFormat s_type = SymbolDisplayFormat.FullyQualifiedFormat;

    private readonly IMethodSymbol _core;
    private readonly IMethodSymbol _declaration;
    private readonly Compilation _compilation;
    private readonly HashSet<string> _names;

    private PooledParser(IMethodSymbol core, IMethodSymbol declaration, Compilation compilation)
    {
        _core = core;
        _declaration = declaration;
        _compilation = compilation;
        // These are the names that the half uses beside its own locals.
        _names =
        [
            core.Name,
            .. declaration.Parameters.Select(parameter => parameter.Name),
            .. PooledRequest.All(core).SelectMany(request => (string?[])[request.Length, request.Source]).OfType<string>(),
        ];
    }

    /// <summary>The pooled parameters; most cores have none.</summary>
    public static (EquatableArray<PooledModel> Buffers, ArenaModel? Arena) Of(IMethodSymbol core, IMethodSymbol declaration, Compilation compilation)
    {
        var parser = new PooledParser(core, declaration, compilation);
        // In the half, the declaration's type parameters stand for those of the core.
        var closed = core.IsGenericMethod ? core.Construct([.. declaration.TypeParameters]) : core;
        EquatableArray<PooledModel> buffers = new([.. PooledRequest.All(closed).Select(parser.Parse)]);
        return (buffers, parser.Arena(buffers));
    }

    private ArenaModel? Arena(EquatableArray<PooledModel> buffers)
    {
        var requests = PooledRequest.All(_core);
        int[] members =
        [
            .. Enumerable
                .Range(0, buffers.Count)
                .Where(i =>
                    requests[i] is { Kind: PooledKind.Span, Source: null, Element.IsUnmanagedType: true } && !buffers[i].AlwaysOnStack && KnowsSizes
                ),
        ];
        if (members.Length < 2)
        {
            return null;
        }

        long limit = members.Sum(i => (long)Math.Max(0, buffers[i].StackLimit));
        return new(new([.. members]), (int)Math.Min(limit, int.MaxValue), Name("arena"), Name("arenaLength"), Name("arenaRented"));
    }

    /// <summary>Describes the pooled parameters for the report.</summary>
    public static string Describe(IMethodSymbol core) =>
        string.Join(
            "\n",
            PooledRequest
                .All(core)
                .Select(request =>
                    new PooledLine(
                        request.Parameter.Name,
                        request.Kind,
                        (request.Element ?? request.Parameter.Type).ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
                        MayBeOnStack(request) ? Math.Max(0, request.StackLimit) : 0
                    ).Print()
                )
        );

    /// <summary>Whether the half may be marked so that the stack is not cleared.</summary>
    public static bool MaySkipInit(IMethodSymbol declaration, EquatableArray<PooledModel> buffers, Compilation compilation) =>
        buffers.Any(buffer => buffer.StackCapacity.Length > 0)
        && compilation.Options is CSharpCompilationOptions { AllowUnsafe: true }
        && compilation.GetTypeByMetadataName("System.Runtime.CompilerServices.SkipLocalsInitAttribute") is not null
        && !declaration.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "SkipLocalsInitAttribute");

    /// <summary>The argument that the core is given for a buffer.</summary>
    public static string Argument(PooledModel buffer) =>
        buffer.Kind switch
        {
            PooledKind.Memory or PooledKind.ArraySegment => $"new {buffer.Type}({buffer.RentedLocal}, 0, {buffer.LengthLocal})",
            PooledKind.List => "ref " + buffer.Local,
            _ => buffer.Local,
        };

    private static bool MayBeOnStack(PooledRequest request) =>
        request is { Kind: PooledKind.Span or PooledKind.List, StackLimit: > 0, Element.IsUnmanagedType: true };

    private PooledModel Parse(PooledRequest request)
    {
        string parameter = request.Parameter.Name;
        string local = Name(parameter);
        string element = request.Element?.ToDisplayString(s_type) ?? "";
        bool rentsInto = request.Kind is PooledKind.Array or PooledKind.Object;
        var source = request.Source is null ? null : PooledSource.Of(request, _core).Source;
        string pool = source is { } named ? Reach(named.Member) : $"{Array}<{element}>.Shared";
        bool keepsPool = source is { Type.IsReferenceType: true };
        bool mayBeOnStack = MayBeOnStack(request) && KnowsSizes;
        int? size = request.Element is null ? null : SizeOf(request.Element);
        string elementSize =
            size is { } known ? Text(known)
            : element.Length > 0 ? $"global::System.Runtime.CompilerServices.Unsafe.SizeOf<{element}>()"
            : "";
        bool? fits = size is { } bytes && request.Constant is { } constant ? (long)constant * bytes <= request.StackLimit : null;
        bool onStack = mayBeOnStack && fits != false,
            alwaysOnStack = onStack && fits == true;
        string capacity =
            !onStack ? ""
            : alwaysOnStack || (size is null && request is { Constant: not null, Kind: PooledKind.Span }) ? Text(request.Constant!.Value)
            : size is { } fixedSize ? Text(request.StackLimit / fixedSize)
            : $"{Text(request.StackLimit)} / {elementSize}";
        var lengthMethod = request.Length is null ? null : LengthMethod.Of(request, _core).Method;
        string length =
            lengthMethod is not null ? LengthCall(lengthMethod)
            : request.Constant is { } literal ? Text(literal)
            : "";
        return new(
            SourceText(request.Parameter),
            parameter,
            request.Kind,
            request.Kind == PooledKind.List
                ? $"global::HotPathGen.{PooledRequest.ListName}<{element}>"
                : request.Parameter.Type.ToDisplayString(s_type),
            element,
            elementSize,
            length,
            request.Constant is not null,
            lengthMethod?.ReturnType.SpecialType == SpecialType.System_Int64,
            request.StackLimit,
            capacity,
            alwaysOnStack,
            pool,
            source?.Rent ?? "Rent",
            keepsPool,
            source is null,
            Clear(request),
            local,
            lengthMethod is null ? length : Name(parameter + "Length"),
            rentsInto ? local : Name(parameter + "Rented"),
            keepsPool ? Name(parameter + "Pool") : pool,
            Name(parameter + "Start"),
            request is { Kind: PooledKind.List, Parameter.Type.TypeKind: TypeKind.Error }
        );
    }

    /// <summary>Whether the class <c>Unsafe</c> is known, which knows the sizes of types. If spans come from a package, it comes with them.</summary>
    private bool KnowsSizes => _compilation.GetTypeByMetadataName("System.Runtime.CompilerServices.Unsafe") is not null;

    private string LengthCall(IMethodSymbol method)
    {
        IParameterSymbol[] given = [.. _core.Parameters.Where(parameter => PooledRequest.Of(parameter) is null)];
        var arguments = method.Parameters.Select(parameter =>
        {
            var of = _declaration.Parameters[System.Array.FindIndex(given, other => other.Name == parameter.Name)];
            return of.Type.TypeKind == TypeKind.Dynamic ? "(object)" + Identifier(of.Name) : Identifier(of.Name);
        });
        string typeArguments = method.IsGenericMethod
            ? $"<{string.Join(", ", _declaration.TypeParameters.Select(parameter => Identifier(parameter.Name)))}>"
            : "";
        return $"{Reach(method)}{typeArguments}({string.Join(", ", arguments)})";
    }

    /// <summary>Names a member. The name alone is enough unless a parameter has the same name.</summary>
    private string Reach(ISymbol member) =>
        (
            _declaration.Parameters.All(parameter => parameter.Name != member.Name) ? ""
            : member.IsStatic ? member.ContainingType.ToDisplayString(s_type) + "."
            : "this."
        ) + Identifier(member.Name);

    private string Clear(PooledRequest request) =>
        request switch
        {
            { Kind: PooledKind.Object } or { Clear: PooledRequest.Clearing.Never } => "",
            { Clear: PooledRequest.Clearing.Always } => "true",
            { Element.IsUnmanagedType: true } => "",
            { Element.IsReferenceType: true } => "true",
            // If the method that answers this is missing, the buffer is always cleared. Clearing once too often is better.
            _ => _compilation
                .GetSpecialType(SpecialType.System_Object)
                .ContainingAssembly.GetTypeByMetadataName("System.Runtime.CompilerServices.RuntimeHelpers")
                ?.GetMembers("IsReferenceOrContainsReferences")
                .IsEmpty == false
                ? $"global::System.Runtime.CompilerServices.RuntimeHelpers.IsReferenceOrContainsReferences<"
                    + $"{request.Element!.ToDisplayString(s_type)}>()"
                : "true",
        };

    /// <summary>The source of a parameter on one line, whatever lines and comments the user wrote.</summary>
    private static string SourceText(IParameterSymbol parameter)
    {
        if (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not ParameterSyntax syntax)
        {
            return parameter.Name;
        }

        var bare = syntax.WithDefault(null);
        string text = bare.ReplaceTokens(bare.DescendantTokens(), (_, token) => token.WithLeadingTrivia().WithTrailingTrivia())
            .NormalizeWhitespace(" ", "\n")
            .ToString();
        return string.Join(
            " ",
            text.Split(['\r', '\n', '\u0085', '\u2028', '\u2029'], StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim())
        );
    }

    private static int? SizeOf(ITypeSymbol type) =>
        type.SpecialType switch
        {
            SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Boolean => 1,
            SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
            SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
            SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => 8,
            _ => type is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? SizeOf(underlying) : null,
        };

    /// <summary>A name for a local that nothing else in the half has.</summary>
    private string Name(string wanted)
    {
        while (!_names.Add(wanted))
        {
            wanted += "_";
        }

        return Identifier(wanted);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Identifier(string name) => PairHead.Identifier(name);
}
