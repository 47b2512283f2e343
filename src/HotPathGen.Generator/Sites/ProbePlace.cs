using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Sites;

/// <summary>How a probe stands at a site.</summary>
internal enum ProbeForm
{
    /// <summary>The probe stands round a value.</summary>
    Value,

    /// <summary>The probe stands round a value whose type comes from its surroundings. The probe names the type.</summary>
    TypedValue,

    /// <summary>The probe stands round the braces of an array that names no type.</summary>
    ArrayInitializer,

    /// <summary>The probe stands round a value that becomes dynamic only here: the compiler bound the operation that makes the value.</summary>
    BecomesDynamic,

    /// <summary>The probe stands round a value whose own operator says whether it is true.</summary>
    Truth,

    /// <summary>The probe stands round a dynamic value that is converted to a type.</summary>
    Converted,

    /// <summary>The probe stands round a value that stays dynamic.</summary>
    Dynamic,

    /// <summary>The probe stands round a reference.</summary>
    Reference,

    /// <summary>The probe stands round a reference that is only read.</summary>
    ReadOnlyReference,

    /// <summary>The probe stands behind the statement that contains an expression.</summary>
    BehindStatement,

    /// <summary>The probe stands behind what a block does when it is left at its end.</summary>
    BehindBlock,

    /// <summary>The probe stands behind a using statement.</summary>
    BehindUsing,

    /// <summary>A probe stands at each step of a loop, and one behind the loop.</summary>
    Loop,

    /// <summary>A probe stands at each step of an <c>await foreach</c>, which is written out.</summary>
    AwaitForEach,

    /// <summary>The probe stands at the end of an <c>await using</c> statement, which is written out.</summary>
    AwaitUsing,

    /// <summary>The probe stands at the end of an <c>await using</c> declaration, which is written out.</summary>
    AwaitUsingDeclaration,

    /// <summary>The probe stands before the elements, because the object that holds them is allocated first.</summary>
    Elements,

    /// <summary>The probe stands at the start of a scope.</summary>
    Scope,
}

/// <summary>The place of a probe.</summary>
/// <param name="Form">How the probe stands there.</param>
/// <param name="Node">The expression, the statement or the scope at which the probe stands.</param>
/// <param name="First">The token that reports give as the site's place.</param>
/// <param name="Text">The text that reports show of the site; null for the source of the node.</param>
/// <param name="Type">The type that the probe names; null if it names none.</param>
internal sealed record ProbePlace(ProbeForm Form, SyntaxNode Node, SyntaxToken First, string? Text = null, string? Type = null)
{
    public ProbePlace(ProbeForm form, SyntaxNode node, string? type = null)
        : this(form, node, node.GetFirstToken(), null, type) { }
}
