# zhimai in a container, which reads /corpus and writes /output:
#
#     docker build --tag zhimai .
#     docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD/corpus:/corpus:ro" --volume "$PWD/output:/output" zhimai
#
# The base is pinned by its exact tag. tests/test_container.py runs these steps where there is no Docker.

FROM python:3.11.7-slim-bookworm AS wheel
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY pipeline pipeline
COPY ontology ontology
RUN --mount=type=cache,target=/root/.cache/pip pip wheel --no-deps --wheel-dir /wheels .

FROM python:3.11.7-slim-bookworm
COPY --from=wheel /wheels /wheels
RUN --mount=type=cache,target=/root/.cache/pip pip install /wheels/*.whl
RUN install --directory --owner=10001 --group=10001 /corpus /output /home/zhimai
ENV HOME=/home/zhimai
USER 10001:10001
WORKDIR /home/zhimai
ENTRYPOINT ["zhimai"]
CMD ["build", "/corpus", "--out", "/output"]
