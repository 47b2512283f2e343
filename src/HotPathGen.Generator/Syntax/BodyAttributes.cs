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
    public const string Implementation = "MethodImpl";

    private static readonly HashSet<string> s_names =
    [
        Implementation,
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
    /// <param name="lists">The attributes of the method or function.</param>
    /// <param name="print">Prints an attribute; empty for one that is left out.</param>
    /// <param name="without">The name of an attribute that is left out; null for none.</param>
    public static string Of(SyntaxList<AttributeListSyntax> lists, Func<SyntaxNode, string> print, string? without = null)
    {
        var attributes = new StringBuilder();
        foreach (var list in lists)
        {
            bool ofReturn = list.Target?.Identifier.ValueText == "return";
            foreach (var attribute in list.Attributes)
            {
                string name = AttributeNames.Simple(attribute);
                if (
                    (ofReturn || (list.Target is null or { Identifier.ValueText: "method" } && name != without && s_names.Contains(name)))
                    && print(attribute) is { Length: > 0 } text
                )
                {
                    attributes.Append(ofReturn ? "[return: " : "[").Append(text).Append("] ");
                }
            }
        }

        return attributes.ToString();
    }

    /// <summary>The attributes of a parameter that change the body, each followed by a blank; empty if there are none.</summary>
    public static string Of(ParameterSyntax parameter) =>
        parameter.AttributeLists.Count == 0
            ? ""
            : string.Concat(
                parameter
                    .AttributeLists.SelectMany(list => list.Attributes)
                    .Select(attribute =>
                        AttributeNames.Simple(attribute) switch
                        {
                            "EnumeratorCancellation" => "[global::System.Runtime.CompilerServices.EnumeratorCancellation] ",
                            "UnscopedRef" => "[global::System.Diagnostics.CodeAnalysis.UnscopedRef] ",
                            _ => "",
                        }
                    )
            );
}
