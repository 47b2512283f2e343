using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Sites;

/// <summary>Finds the reasons for which a body cannot be copied: the copy would not compile, or would mean something else.</summary>
internal sealed class UnsupportedCode(OriginalBody body)
{
    public const string Body = "the compiler does not understand its body";
    public const string OwnName = "it passes its own name or text on where no argument can be written";

    private const string Generated = "it uses code that another generator writes, which this one cannot see";
    private const string DynamicAwait = "it awaits something dynamic";
    private const string MeasureBlock = "a HotPath.Measure block in it counts what is allocated there";
    private const string FileType = "it uses a file type, which no other file can name";
    private const string AwaitOfNothing = "an await in it has neither a result nor a statement of its own";
    private const string YieldedType = "it yields values of a type that cannot be named elsewhere";
    private const string AwaitForEach = "an await foreach in it has a form that cannot be written out";
    private const string SequenceType = "it enumerates values of a type that cannot be named elsewhere";
    private const string AwaitUsing = "an await using in it has a form that cannot be written out";

    /// <summary>The unsupported reason of an operation, wherever the operation stands; null if there is none.</summary>
    public string? ReasonOf(IOperation operation) =>
        operation switch
        {
            IInvalidOperation or { Type: IErrorTypeSymbol } => Generated,
            IAwaitOperation { Operation.Type: null or { TypeKind: TypeKind.Dynamic } } => DynamicAwait,
            IInvocationOperation { TargetMethod: { Name: "Measure", ContainingType: { Name: "HotPath", ContainingNamespace.Name: "HotPathGen" } } } =>
                MeasureBlock,
            IInvocationOperation { Syntax: InvocationExpressionSyntax call }
                when body.File.IsIntercepted(call) && body.File.Interceptor(call) is null =>
                $"'{SiteText.OneLine(call.ToString())}' in it is intercepted, where it was written and nowhere else",
            _ when body.File.DeclaresFileTypes && Types(operation).Any(static type => type is not null && SpeakableTypes.IsFileLocal(type)) =>
                FileType,
            _ => null,
        };

    /// <summary>Why the body cannot be entered again after an await; null if it can.</summary>
    public string? ReasonOf(IAwaitOperation awaiting, AwaitExpressionSyntax syntax) =>
        HasResult(awaiting) || body.Behind(syntax) is not null ? null : AwaitOfNothing;

    /// <summary>Why a value cannot be handed to a consumer through a probe; null if it can.</summary>
    public string? ReasonOfYield() => AwaitForms.Yielded(body.Method) is null ? YieldedType : null;

    /// <summary>Why a statement that awaits cannot be written out; null if it can, or if it need not be.</summary>
    public string? ReasonOf(ProbePlace place) =>
        place switch
        {
            { Form: ProbeForm.AwaitForEach, Node: CommonForEachStatementSyntax loop } => AwaitForms.Of(loop, body) switch
            {
                null => AwaitForEach,
                { Conversion: null } => SequenceType,
                _ => null,
            },
            { Form: ProbeForm.AwaitUsing, Node: UsingStatementSyntax { Declaration: { } declaration } }
                when AwaitForms.CanDispose(declaration, body) => null,
            { Form: ProbeForm.AwaitUsing, Node: UsingStatementSyntax { Expression: { } expression } }
                when AwaitForms.Disposed(expression, body) is not null => null,
            {
                Form: ProbeForm.AwaitUsingDeclaration,
                Node: LocalDeclarationStatementSyntax { Parent: BlockSyntax block, Declaration: var variables } statement
            } when !AwaitForms.IsCalledBefore(statement, block) && AwaitForms.CanDispose(variables, body) => null,
            { Form: ProbeForm.AwaitUsing or ProbeForm.AwaitUsingDeclaration } => AwaitUsing,
            _ => null,
        };

    public static bool HasResult(IAwaitOperation awaiting) => awaiting.Type is not (null or { SpecialType: SpecialType.System_Void });

    private static IEnumerable<ITypeSymbol?> Types(IOperation operation)
    {
        yield return operation.Type;
        switch (operation)
        {
            case IInvocationOperation invocation:
                yield return invocation.TargetMethod.ContainingType;
                foreach (var argument in invocation.TargetMethod.TypeArguments)
                {
                    yield return argument;
                }

                break;
            case IMemberReferenceOperation member:
                yield return member.Member.ContainingType;
                break;
            case ITypeOfOperation typeOf:
                yield return typeOf.TypeOperand;
                break;
            case IIsTypeOperation isType:
                yield return isType.TypeOperand;
                break;
            case IPatternOperation pattern:
                yield return pattern.NarrowedType;
                break;
            case IVariableDeclaratorOperation variable:
                yield return variable.Symbol.Type;
                break;
        }
    }
}
