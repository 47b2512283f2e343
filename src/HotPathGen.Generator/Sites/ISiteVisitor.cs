using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Sites;

/// <summary>What is told of a body while its sites are looked for, in the order in which it runs.</summary>
internal interface ISiteVisitor
{
    /// <summary>An operation, before its operands.</summary>
    void Enter(IOperation operation, int level);

    /// <summary>The same, behind its operands.</summary>
    void Leave(IOperation operation, int level);

    /// <summary>A call that is told who calls it.</summary>
    void Call(CallerArguments arguments);

    /// <summary>A site; before what it is made from.</summary>
    void Site(FoundSite site);

    /// <summary>An element of what a site makes, with sites of its own or as the first of several, behind it.</summary>
    /// <param name="element">Its source.</param>
    /// <param name="type">The type that it is converted to: an element without a type of its own needs it.</param>
    /// <param name="container">The site that is interrupted.</param>
    /// <param name="isFirst">Whether the site has been measured nowhere yet.</param>
    /// <param name="level">How deep it is nested.</param>
    void Element(ExpressionSyntax element, string type, FoundSite container, bool isFirst, int level);

    /// <summary>A value in an interpolated text.</summary>
    /// <param name="hole">Its source.</param>
    /// <param name="container">The site that is interrupted; null for none, or where nothing can stand before the value.</param>
    /// <param name="level">How deep it is nested.</param>
    /// <param name="visit">Looks for what is in it.</param>
    void Hole(ExpressionSyntax hole, FoundSite? container, int level, Action visit);
}
