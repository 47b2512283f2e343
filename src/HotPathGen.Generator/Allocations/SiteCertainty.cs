using HotPathGen.Generator.Library;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Allocations;

/// <summary>Decides how sure it is that optimized code allocates at a site that is not a call.</summary>
internal sealed class SiteCertainty(MethodAllocations methods, Bodies bodies, CancellationToken cancellation)
{
    /// <summary>How sure it is; null if the site does not allocate.</summary>
    public Certainty? Of(Site site, IOperation operation)
    {
        var certainty = UnlessKept(site, operation);
        return certainty is null || !CanStay(site.Kind) ? certainty
            : new OffHeap(bodies).Keeps(operation) ? Certainty.OnlyUnoptimized
            : certainty == Certainty.Always && new OffHeap(bodies, mayInlineLoops: true).Keeps(operation) ? Certainty.Sometimes
            : certainty;
    }

    /// <summary>Whether the JIT may keep an object of this kind of site off the heap.</summary>
    private static bool CanStay(SiteKind kind) =>
        kind
            is SiteKind.Object
                or SiteKind.AnonymousObject
                or SiteKind.Array
                or SiteKind.ParamsArray
                or SiteKind.CollectionExpression
                or SiteKind.Boxing
                or SiteKind.Delegate;

    private Certainty? UnlessKept(Site site, IOperation operation) =>
        site.Kind switch
        {
            // The first delegate of several is taken as it is.
            SiteKind.Delegate when operation is ICompoundAssignmentOperation => Certainty.Sometimes,
            SiteKind.Delegate => Functions.IsKept(operation) ? null : Certainty.Always,
            SiteKind.Array => IsData(operation) ? null : Certainty.Always,
            SiteKind.CollectionExpression => site.Type is { IsValueType: true } && operation is ICollectionExpressionOperation { Elements.Length: 0 }
                ? null
                : Certainty.Always,
            SiteKind.Interpolation => operation is IInterpolatedStringOperation text && IsOneText(text) ? null : Certainty.Always,
            SiteKind.Enumerator => operation is IForEachLoopOperation { Collection: var collection } && new Iterators(bodies).Made(collection) ? null
            : EnumeratorOf(operation) is { } certainty ? new Held(methods, bodies, cancellation).Enumerator(operation, certainty)
            : null,
            SiteKind.Boxing => BoxOf(site, operation),
            _ => Certainty.Always,
        };

    /// <summary>
    /// Whether an array consists of constants that the compiler puts into the assembly file. The span refers to them there, without an array.
    /// </summary>
    private static bool IsData(IOperation operation) =>
        operation is IArrayCreationOperation { Initializer: { } initializer, Type: IArrayTypeSymbol { ElementType: { IsUnmanagedType: true } } }
        && operation.Parent is IConversionOperation { Type: { Name: "ReadOnlySpan", IsRefLikeType: true } }
        && initializer.ElementValues.All(static value => value.ConstantValue.HasValue);

    /// <summary>Whether an interpolated text is nothing but a single string. It stays the same string then.</summary>
    private static bool IsOneText(IInterpolatedStringOperation text) =>
        text.Parts is [IInterpolationOperation { Expression.Type.SpecialType: SpecialType.System_String, Alignment: null, FormatString: null }];

    private static Certainty? EnumeratorOf(IOperation operation)
    {
        if (operation is not IForEachLoopOperation { Syntax: CommonForEachStatementSyntax syntax, SemanticModel: { } model })
        {
            return Certainty.Always;
        }

        var info = model.GetForEachStatementInfo(syntax);
        return info.GetEnumeratorMethod switch
        {
            { ReturnType.IsValueType: true } method => CallTable.Verdict(method.OriginalDefinition) is 'a' or 's' ? Certainty.Always : null,
            _ => Certainty.Always,
        };
    }

    private static Certainty? BoxOf(Site site, IOperation operation) =>
        operation switch
        {
            // These methods are intrinsics of the JIT.
            IInvocationOperation { TargetMethod.Name: "GetType" or "HasFlag" } => null,
            IInvocationOperation { TargetMethod.Name: "GetHashCode" or "Equals" } when site.Type?.TypeKind == TypeKind.Enum => null,
            _ => site.Type is ITypeParameterSymbol { IsValueType: false }
            || site.Type?.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
                ? Certainty.Sometimes
                : Certainty.Always,
        };
}
