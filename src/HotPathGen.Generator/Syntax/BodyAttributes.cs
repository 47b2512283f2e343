using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Syntax;

/// <summary>
/// Finds the attributes that change what the compiler or the JIT makes of a body. They go with the body. The rest stay on the declaration alone: a
/// second <c>[Test]</c> or <c>[OnDeserialized]</c> would be a second behaviour.
/// </summary>
internal static class BodyAttributes
{
    private static readonly HashSet<string> s_names =
    [
        "MethodImpl",
        "SkipLocalsInit",
        "AsyncMethodBuilder",
        "UnscopedRef",
        "Obsolete",
        "Experimental",
        "MemberNotNull",
        "MemberNotNullWhen",
        "DoesNotReturn",
        "RequiresUnreferencedCode",
        "RequiresDynamicCode",
        "RequiresAssemblyFiles",
        "UnconditionalSuppressMessage",
        "DynamicDependency",
        "SupportedOSPlatform",
        "UnsupportedOSPlatform",
        "DebuggerHidden",
        "DebuggerStepThrough",
        "DebuggerNonUserCode",
        "StackTraceHidden",
        "SecurityCritical",
        "SecuritySafeCritical",
        "SuppressUnmanagedCodeSecurity",
        "HandleProcessCorruptedStateExceptions",
    ];

    /// <summary>The attributes that a copy of the body shares with the method or function, each followed by a blank.</summary>
    public static string Of(SyntaxList<AttributeListSyntax> lists, Func<SyntaxNode, string> print)
    {
        var attributes = new StringBuilder();
        foreach (var list in lists)
        {
            bool ofReturn = list.Target?.Identifier.ValueText == "return";
            foreach (var attribute in list.Attributes)
            {
                if (ofReturn || (list.Target is null or { Identifier.ValueText: "method" } && s_names.Contains(AttributeNames.Simple(attribute))))
                {
                    attributes.Append(ofReturn ? "[return: " : "[").Append(print(attribute)).Append("] ");
                }
            }
        }

        return attributes.ToString();
    }

    /// <summary>The attribute of a parameter that changes the body, followed by a blank; empty if there is none.</summary>
    public static string Of(ParameterSyntax parameter) =>
        parameter.AttributeLists.Count > 0
        && parameter.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => AttributeNames.Simple(attribute) == "EnumeratorCancellation")
            ? "[global::System.Runtime.CompilerServices.EnumeratorCancellation] "
            : "";
}
