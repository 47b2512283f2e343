using HotPathGen.Generator.Models;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Parsing;

/// <summary>Makes the model of what the half of a pair does for the pooled parameters of its core.</summary>
internal static class ProvisionParser
{
    public static ProvisionModel Of(
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
        bool isInstrumented
    )
    {
        // The method takes the frame itself, also if the body is given the number of a call. A failure before the core begins does not belong to a
        // call of it.
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
            PairHead.Modifiers(declaration)
                + isAsync
                + "partial "
                + Cancellable(PairHead.Print(method, declaration, inSource, declaration.Identifier.Text), given => !IsCancellation(given)),
            $"private {modifiers}{isAsync}{Cancellable(PairHead.Print(method, declaration, inSource, copy), _ => true)}",
            $"{copy}{typeArguments}({arguments})",
            isInstrumented
                ? $"private {modifiers}{isAsync}"
                    + $"{Cancellable(PairHead.Print(method, declaration, inSource, probing, takesFrame ? InstrumentedBodyParser.Frame : ""), _ => true)}"
                : null,
            isInstrumented ? $"{probing}{typeArguments}({frame}{arguments})" : null
        );

        // An attribute on the parameter brings the cancellation token of an enumeration to an async iterator. The core has the attribute, and its
        // half needs it, too.
        string Cancellable(string head, Func<IParameterSymbol, bool> needs)
        {
            foreach (var (given, own) in method.Parameters.Zip(core.Parameters, (given, own) => (given, own)))
            {
                if (flow == BodyFlow.AsyncSequence && IsCancellation(own) && needs(given))
                {
                    string text = inSource
                        ? $"{SourceHead.Tokens(declaration.ParameterList.Parameters[given.Ordinal].Type)} {given.Name}"
                        : PairHead.Print(given);
                    int place = head.IndexOf(text, head.IndexOf('('), StringComparison.Ordinal);
                    head = head.Insert(place, "[global::System.Runtime.CompilerServices.EnumeratorCancellation] ");
                }
            }

            return head;
        }

        static bool IsCancellation(IParameterSymbol parameter) =>
            parameter.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "EnumeratorCancellationAttribute");
    }
}
