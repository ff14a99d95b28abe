import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import type { Genre } from "../api/types";

/** Genres in a line of text, each the way to its page. */
export function GenreLinks({ genres }: { genres: readonly Genre[] }) {
  return genres.map((genre, place) => (
    <Fragment key={genre.slug}>
      {place > 0 && ", "}
      <Link to="/genres/$slug" params={{ slug: genre.slug }} className="unbroken">
        {genre.name}
      </Link>
    </Fragment>
  ));
}
