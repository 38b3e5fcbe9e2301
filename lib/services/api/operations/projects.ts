import "server-only";
import { z } from "zod";
import { success } from "@/lib/domain/result";
import { listProjects, openProject } from "../../projects";
import { defineOperation } from "../operation";
import { inProject, pageQuery } from "../parameters";
import { listedProject, pageOf, project } from "../resources";
import { pageOfAll } from "../whole-list";

export const projectOperations = [
  defineOperation(
    {
      id: "listProjects",
      method: "get",
      path: "/projects",
      tag: "Projects",
      summary: "Projects that the caller belongs to; with a token, the one that it is for",
      scope: "read",
      params: z.strictObject({}),
      query: z.strictObject(pageQuery),
      answers: pageOf(listedProject, "ListedProject"),
    },
    async ({ actor, query }) => {
      // The list is of the whole site: the token steps back, and what is not its own is left out.
      const found = await listProjects.as(
        actor === null ? null : { ...actor, token: undefined },
        {},
      );
      const own = actor?.token?.projectId;
      const all = found.ok
        ? success(found.value.filter((each) => own === undefined || each.projectId === own))
        : found;
      return pageOfAll(all, "projects", ({ projectId }) => projectId, query);
    },
  ),
  defineOperation(
    {
      id: "openProject",
      method: "get",
      path: "/projects/{projectId}",
      tag: "Projects",
      summary: "One project, with the caller's own progress and, for leads, everyone's",
      scope: "read",
      params: z.strictObject(inProject),
      answers: project,
    },
    ({ actor, params }) => openProject.as(actor, params),
  ),
];
